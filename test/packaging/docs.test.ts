import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { version } from '../../package.json';
import { ROOT, builtPackage } from '../helpers/built';
import { expectGolden } from '../helpers/golden';
import { runCli } from '../helpers/run-cli';

const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');

function blocks(name: string, language: string): readonly string[] {
  return [...read(name).matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? '');
}

/** A part of a page that is made: UPDATE_GOLDEN=1 writes it. */
function expectPart(name: string, part: string, text: string): void {
  const page = read(name);
  const made = page.replace(
    new RegExp(`(<!-- ${part} -->\n)[^]*(<!-- /${part} -->)`),
    `$1\n${text.replaceAll('$', '$$$$')}\n\n$2`,
  );
  expect(page).toContain(`<!-- /${part} -->`);
  expectGolden(path.join(ROOT, name), made);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'nwl-docs-'));
  cpSync(path.join(ROOT, 'fixtures/projects/sample'), path.join(home, 'nginx'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('docs/library.md', () => {
  it.each(blocks('docs/library.md', 'js').map((code, index) => [index + 1, code]))('example %d runs', (_, code) => {
    mkdirSync(path.join(home, 'node_modules'));
    symlinkSync(builtPackage(), path.join(home, 'node_modules/nginx-ws-lint'), 'junction');
    writeFileSync(path.join(home, 'example.mjs'), String(code));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: home, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^fails \[\s+'connection-|^3 \[ 'nginx.conf', 'conf.d\/app.conf'/m);
    expect(stdout).toMatch(/ 0\n$/); // no error remains
  });
});

interface Schema {
  readonly properties: Readonly<Record<string, { readonly description?: string; readonly enum?: readonly string[] }>>;
}

describe('docs/configuration.md', () => {
  const schema = JSON.parse(read('schema/config.schema.json')) as Schema;

  it('lists the keys of the schema', () => {
    const rows = Object.entries(schema.properties)
      .filter(([, { description }]) => description !== undefined)
      .map(([key, { description = '' }]) => [
        `\`${key}\``,
        description.replace(/\{.*?\}|"[^"]*"/g, '`$&`').replace(/: (auto|'\*\*')/g, ': `$1`'),
      ]);
    expectPart('docs/configuration.md', 'keys', table(['key', 'meaning'], rows));
  });

  it.each([
    ['jsonc', '.nginx-ws-lint.jsonc'],
    ['yaml', '.nginx-ws-lint.yaml'],
  ])('its example in %s is taken', async (language, file) => {
    mkdirSync(path.join(home, 'deploy'));
    writeFileSync(path.join(home, 'deploy/nginx-ws-lint.base.yaml'), 'failOn: error\n');
    const [example = ''] = blocks('docs/configuration.md', language);
    expect(example).toContain(`${file}\n`);
    writeFileSync(path.join(home, file), example);
    const { status, stdout, stderr } = await runCli(['--print-config'], home);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ rules: { 'read-timeout': language === 'yaml' ? 'warning' : 'error' } });
  });

  it('its comments do what it says', async () => {
    const [locations = ''] = blocks('docs/configuration.md', 'nginx');
    const upstreams = 'upstream feed { server 127.0.0.1:1; } upstream hls { server 127.0.0.1:2; }';
    writeFileSync(path.join(home, 'nginx.conf'), `events {}\nhttp { ${upstreams} server {\n${locations}} }\n`);
    const { stdout } = await runCli(
      ['--websocket', '*', '--format', 'json', '--only', 'http-version', 'nginx.conf'],
      home,
    );
    const { findings, routes } = JSON.parse(stdout) as Json;
    expect(findings.map(({ ignored }) => ignored?.reason)).toEqual(['an old client needs it']);
    expect(routes.map(({ websocket }) => websocket.serves)).toEqual(['yes', 'no']);
  });
});

interface Json {
  readonly findings: readonly { readonly ignored: { readonly reason: string } | null }[];
  readonly routes: readonly { readonly websocket: { readonly serves: string } }[];
}

interface HookFile {
  readonly repos: readonly {
    readonly repo: string;
    readonly rev?: string;
    readonly hooks: readonly { readonly id: string }[];
  }[];
}

describe('docs/pre-commit.md', () => {
  const ids = (parse(read('.pre-commit-hooks.yaml')) as readonly { readonly id: string }[]).map(({ id }) => id);
  const examples = blocks('docs/pre-commit.md', 'yaml').map((text) => parse(text) as HookFile);

  it('names every hook', () => {
    expect(ids.filter((id) => !read('docs/pre-commit.md').includes(`\n| \`${id}\` |`))).toEqual([]);
  });

  it('has examples of hooks that there are, of this version', () => {
    const repos = examples.flatMap((example) => example.repos);
    expect(repos.flatMap(({ hooks }) => hooks.map(({ id }) => id)).filter((id) => !ids.includes(id))).toEqual([]);
    expect(repos.filter(({ repo, rev }) => repo !== 'local' && rev !== `v${version}`)).toEqual([]);
    expect(read('docs/pre-commit.md')).toContain(`nginx-ws-lint@${version}'`);
  });
});

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const action = parse(read('action.yml')) as ActionFile;
const examples = blocks('docs/github-action.md', 'yaml');
const own = readdirSync(path.join(ROOT, '.github/workflows')).map((name) => read(`.github/workflows/${name}`));

describe('docs/github-action.md', () => {
  it('lists inputs and outputs', () => {
    const inputs = Object.entries(action.inputs).map(([name, input]) => [
      `\`${name}\``,
      input.description,
      input.default === '' ? '' : `\`${input.default}\``,
    ]);
    const outputs = Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]);
    expectPart(
      'docs/github-action.md',
      'inputs',
      `${table(['input', 'meaning', 'default'], inputs)}\n\n${table(['output', 'meaning'], outputs)}`,
    );
  });
});

describe('workflows', () => {
  it.each([...examples, ...own].map((text, index) => [index + 1, text] as const))(
    '%d uses the action as it is',
    (_, text) => {
      const steps = Object.values((parse(text) as Workflow).jobs).flatMap((job) => job.steps);
      const lint = steps.filter(({ uses }) => uses === './' || uses?.startsWith('nginx-ws-lint/') === true);
      expect(lint.filter(({ uses }) => uses !== './' && uses !== `nginx-ws-lint/nginx-ws-lint@v${version}`)).toEqual(
        [],
      );
      expect(lint.flatMap((step) => Object.keys(step.with ?? {})).filter((name) => !(name in action.inputs))).toEqual(
        [],
      );
      const outputs = [...text.matchAll(/steps\.lint\.outputs\.(\w+)/g)].map((match) => match[1] ?? '');
      expect(outputs.filter((name) => !(name in action.outputs))).toEqual([]);
    },
  );

  it('satisfy actionlint', () => {
    const { error } = spawnSync('actionlint', ['-version']);
    if (error !== undefined) {
      process.stderr.write('skipped: workflows in actionlint (not on this machine)\n');
      return;
    }
    mkdirSync(path.join(home, '.github/workflows'), { recursive: true });
    const files = [...examples, ...own].map((text, index) => {
      const file = path.join(home, '.github/workflows', `${index}.yml`);
      writeFileSync(file, text);
      return file;
    });
    const { status, stdout } = spawnSync('actionlint', ['-no-color', ...files], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });
});

it('the Dockerfile copies what is there, and starts it', () => {
  const text = read('Dockerfile');
  const copied = [...text.matchAll(/^COPY (.+) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
  expect(copied.filter((name) => !existsSync(path.join(builtPackage(), name)))).toEqual([]);
  expect(text).toMatch(/COPY dist (\S+)\n[^]*^ENTRYPOINT \["node", "\1\/cli\.js"\]$/m);
});

it('the README names hooks and the action of this version', () => {
  const [hooks = '', steps = ''] = blocks('README.md', 'yaml');
  expect((parse(hooks) as HookFile).repos.map(({ rev }) => rev)).toEqual([`v${version}`]);
  const [step] = parse(steps) as readonly Step[];
  expect(step?.uses).toBe(`nginx-ws-lint/nginx-ws-lint@v${version}`);
  expect(Object.keys(step?.with ?? {}).filter((name) => !(name in action.inputs))).toEqual([]);
});

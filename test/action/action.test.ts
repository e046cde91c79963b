import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { fitting } from '../../src/action/runner';
import { ROOT, builtPackage } from '../helpers/built';

const SAMPLE = path.join(ROOT, 'fixtures/projects/sample');

interface Ran {
  readonly status: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

let workspace = '';
beforeEach(() => {
  workspace = realpathSync(mkdtempSync(path.join(tmpdir(), 'nwl-action-')));
  cpSync(SAMPLE, path.join(workspace, 'deploy/nginx'), { recursive: true });
});
afterEach(() => rmSync(workspace, { recursive: true, force: true }));

/** As a runner starts it: inputs in the environment, with the defaults of action.yml; files to answer in. */
function run(inputs: Readonly<Record<string, string>>): Ran {
  const given = { ...defaults(), ...inputs };
  const files = path.join(workspace, '.runner');
  mkdirSync(files, { recursive: true });
  const [output, summary] = ['output', 'summary'].map((name) => path.join(files, name)) as [string, string];
  for (const file of [output, summary]) writeFileSync(file, '');
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(builtPackage(), 'dist/action.js')], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: files,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
  });
  return {
    status,
    log: stdout + stderr,
    outputs: outputsIn(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const action = parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as ActionFile;

function defaults(): Record<string, string> {
  return Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default]));
}

/** As the runner reads $GITHUB_OUTPUT. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm)) outputs[match[1] ?? ''] = match[3] ?? '';
  return outputs;
}

describe('the action', () => {
  it('annotates, counts, adds a summary, and fails', () => {
    const { status, log, outputs, summary } = run({ paths: 'deploy/nginx' });
    expect(log).toContain('::error file=deploy/nginx/conf.d/chat.conf,line=14,endLine=14,col=9,endColumn=');
    expect(outputs).toMatchObject({
      errors: '4',
      warnings: expect.stringMatching(/^\d+$/) as string,
      fixed: '0',
      fixable: '4',
      sarif: '',
      patch: '',
    });
    expect(summary).toContain('## nginx-ws-lint');
    expect(status).toBe(1);
  });

  it('sets every output of action.yml', () => {
    expect(Object.keys(run({ paths: 'deploy/nginx' }).outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  });

  it('names files from the workspace when it works elsewhere', () => {
    const { log, outputs } = run({ 'working-directory': 'deploy', paths: 'nginx', 'sarif-file': 'out.sarif' });
    expect(log).toContain('::error file=deploy/nginx/conf.d/chat.conf,');
    expect(outputs['sarif']).toBe('deploy/out.sarif');
    expect(readFileSync(path.join(workspace, 'deploy/out.sarif'), 'utf8')).toContain('deploy/nginx/conf.d/chat.conf');
  });

  it('without paths takes those of the configuration file', () => {
    mkdirSync(path.join(workspace, 'other'));
    writeFileSync(path.join(workspace, 'other/nginx.conf'), 'events {}\nhttp {}\n');
    writeFileSync(path.join(workspace, '.nginx-ws-lint.json'), '{ "paths": ["other"], "failOn": "warning" }');
    expect(run({})).toMatchObject({ status: 0, outputs: { errors: '0' } });
  });

  it('without paths or configuration takes the working directory, not the nginx of the machine', () => {
    expect(run({}).log).toContain('file=deploy/nginx/conf.d/chat.conf');
  });

  it('never fails when it is told so', () => {
    expect(run({ paths: 'deploy/nginx', 'fail-on': 'never' }).status).toBe(0);
  });

  it('fixes, and keeps a patch that undoes it', () => {
    const { outputs } = run({ paths: 'deploy/nginx', fix: 'true', patch: 'fix.patch' });
    expect(outputs).toMatchObject({ errors: '0', fixed: '4', patch: 'fix.patch' });
    const undone = spawnSync('git', ['apply', '-R', 'fix.patch'], { cwd: workspace, encoding: 'utf8' });
    expect([undone.status, undone.stderr]).toEqual([0, '']);
    const file = 'conf.d/chat.conf';
    expect(readFileSync(path.join(workspace, 'deploy/nginx', file))).toEqual(readFileSync(path.join(SAMPLE, file)));
  });

  it('writes a patch and nothing else', () => {
    const { outputs } = run({ paths: 'deploy/nginx', patch: 'fix.patch' });
    expect([outputs['patch'], outputs['fixed']]).toEqual(['fix.patch', '0']);
  });

  it('names no patch when there is nothing to fix', () => {
    run({ paths: 'deploy/nginx', fix: 'true' });
    expect(run({ paths: 'deploy/nginx', patch: 'fix.patch' }).outputs['patch']).toBe('');
  });

  it('has compact lines matched, and takes no command from what they quote', () => {
    const { log } = run({ paths: 'deploy/nginx', format: 'compact', summary: 'false' });
    const [, add, token = '', lines = '', remove] =
      /^::add-matcher::(.*)\n::stop-commands::(.*)\n([^]*)\n::.*::\n(::remove-matcher .*)\n$/.exec(log) ?? [];
    expect(log).toContain(`\n::${token}::\n`);
    expect(remove).toBe('::remove-matcher owner=nginx-ws-lint::');
    const matcher = JSON.parse(readFileSync(add ?? '', 'utf8')) as Matcher;
    const regexp = new RegExp(matcher.problemMatcher[0]?.pattern[0]?.regexp ?? '');
    expect(lines.split('\n').filter((line) => !regexp.test(line))).toEqual([]);
    expect(regexp.exec(lines.split('\n')[0] ?? '')?.slice(1, 5)).toEqual([
      'deploy/nginx/conf.d/chat.conf',
      '14',
      '9',
      'error',
    ]);
  });

  it('hands on further arguments, one a line', () => {
    const { outputs } = run({ paths: 'deploy/nginx', args: '--only=http-version\n--max-warnings=0' });
    expect(outputs).toMatchObject({ errors: '1', warnings: '0' });
  });

  it.each([
    ['a shell', { paths: '$(touch hacked); `touch hacked`' }],
    ['the command line', { paths: '--fix' }],
    ['its commands', { paths: 'explain\nhttp-version' }],
  ])('has no input read by %s', (_, inputs) => {
    const { log, status } = run(inputs);
    expect([status, existsSync(path.join(workspace, 'hacked'))]).toEqual([1, false]);
    expect(log).toContain('no such file or directory');
  });

  it('takes no command from a file name', () => {
    const { log } = run({ paths: 'gone\n::warning::from a name' });
    expect(log).toMatch(/^::stop-commands::(.*)\n[^]*warning::from a name[^]*^::\1::$/m);
    expect(log.replace(/^::stop-commands::(.*)\n[^]*?^::\1::$/m, '')).not.toMatch(/^::warning::from/m);
  });

  it.each([
    [{ fix: 'yes' }, '::error title=nginx-ws-lint::fix: true or false, not "yes"'],
    [{ 'working-directory': 'gone' }, '::error title=nginx-ws-lint::working-directory: there is no gone'],
    [
      { paths: '.', 'fail-on': 'nevr' },
      '::error title=nginx-ws-lint::fail-on: error, warning, info, never, not "nevr"',
    ],
    [
      { paths: '.', args: '--format json' },
      '::error title=nginx-ws-lint::args: one argument a line: write --format=json, not "--format json"',
    ],
    [{ config: 'gone.json' }, '::error title=nginx-ws-lint::nginx-ws-lint: cannot read '],
  ])('says what is wrong with %j', (inputs, message) => {
    const { status, log } = run(inputs);
    expect([status, log.includes(message) || log]).toEqual([1, true]);
  });
});

interface Matcher {
  readonly problemMatcher: readonly { readonly pattern: readonly { readonly regexp: string }[] }[];
}

it('action.yml names a file that is built', () => {
  expect([action.runs.using, existsSync(path.join(builtPackage(), action.runs.main))]).toEqual(['node24', true]);
});

describe('a summary', () => {
  it('that fits stays as it is', () => {
    expect(fitting('ä\n')).toBe('ä\n');
  });

  it('that does not fit loses whole lines, and says so', () => {
    const text = fitting('äöü ßéè\n'.repeat(200_000));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(text).toMatch(/äöü ßéè\n\nThe rest does not fit here: it is in the log\.\n$/);
  });
});

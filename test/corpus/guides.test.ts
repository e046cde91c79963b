import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index';
import { fix } from '../../src/fix/fixer';
import { load } from '../../src/fs/load';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { LintOptions } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import { parseVersion } from '../../src/model/version';
import type { Workspace } from '../../src/model/workspace';
import { describeLive } from '../live/nginx';
import { lintAll } from './corpus';
import { judgedHere } from './surroundings';

/** What guides prescribe, written out in our own words; and what must stay quiet (`quiet/`). */
const FIXTURES = join(__dirname, '../../fixtures');

interface Guide {
  readonly workspace: Workspace;
  readonly options: LintOptions;
}

/** A first line `# options: --nginx-version X --context a,b` goes along. */
function read(path: string): Guide {
  const text = readFileSync(join(FIXTURES, path), 'utf8');
  const stated = (name: string): string | undefined => new RegExp(`^# options:.*${name} (\\S+)`).exec(text)?.[1];
  const context = stated('--context')?.split(',') ?? null;
  const [workspace] = load([path], { cwd: FIXTURES, context });
  if (workspace === undefined) throw new Error(`nothing was loaded for ${path}`);
  const version = stated('--nginx-version');
  return { workspace, options: { ...DEFAULT_OPTIONS, version: version === undefined ? null : parseVersion(version) } };
}

function mainFile(guide: string): string {
  const files = readdirSync(join(FIXTURES, 'guides', guide));
  return join('guides', guide, files.includes('nginx.conf') ? 'nginx.conf' : 'site.conf');
}

const guides = readdirSync(join(FIXTURES, 'guides')).sort();
const quiet = readdirSync(join(FIXTURES, 'quiet')).sort();

/** What is wrong in a guide, and the least severity that it must be reported with. */
const BUGS: Readonly<Record<string, readonly string[]>> = {
  mainsail: ['warning connection-header', 'warning http-version'],
  'mattermost-http': ['error http-version'],
  'microsoft-old': ['error connection-header'],
  'modsecurity-swap': ['error connection-header', 'error connection-upgrade-map'],
  'headscale-official': ['warning connection-upgrade-map'],
};

/** Guides whose WebSocket routes are not all known to switch, with the reason. */
const NOT_SWITCHING: Readonly<Record<string, string>> = {
  'headscale-official': 'its own protocol does not look at Connection; a WebSocket would fail',
  'swag-site': 'the headers are in a file that was not read',
  yunohost: 'the port is filled in when it is installed',
};

const handshakeRules = new Set(['connection-header', 'http-version', 'connection-upgrade-map', 'upgrade-header']);

function errors({ diagnostics }: LintResult): readonly string[] {
  return [...new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => `error ${rule}`))];
}

/** Outcomes of the routes that serve WebSocket, in their order. */
function outcomes({ routes }: LintResult): readonly string[] {
  return routes
    .filter(({ route }) => route.websocket.serves !== 'no')
    .map(({ handshake }) => handshake?.outcome ?? 'unknown');
}

function textsOf(workspace: Workspace): readonly string[] {
  return [...workspace.files.values()].map(({ text }) => text);
}

describe('guides', () => {
  test.each(guides)('%s: no error but for what is wrong in it', (guide) => {
    const { workspace, options } = read(mainFile(guide));
    const expected = (BUGS[guide] ?? []).filter((bug) => bug.startsWith('error'));
    expect(errors(lintAll(workspace, options)).toSorted()).toEqual(expected);
  });

  test.each(Object.entries(BUGS))('%s: %s', (guide, bugs) => {
    const { workspace, options } = read(mainFile(guide));
    const found = lintAll(workspace, options).diagnostics.filter(({ rule }) => handshakeRules.has(rule));
    expect([...new Set(found.map(({ severity, rule }) => `${severity} ${rule}`))].sort()).toEqual(bugs);
  });

  test.each(guides.filter((guide) => !Object.hasOwn(NOT_SWITCHING, guide) && !Object.hasOwn(BUGS, guide)))(
    '%s: its WebSocket is found, and switches',
    (guide) => {
      const { workspace, options } = read(mainFile(guide));
      const found = new Set(outcomes(lintAll(workspace, options)));
      expect([...found]).toEqual(['switches']);
    },
  );

  test.each(guides)('%s: what switched before --fix switches after it, and errors do not come', (guide) => {
    const { workspace, options } = read(mainFile(guide));
    const before = lintAll(workspace, options);
    const { result } = fix(workspace, rules, { ...options, unsafe: false });
    const broken = outcomes(before).filter(
      (outcome, index) => outcome === 'switches' && outcomes(result)[index] !== outcome,
    );
    const fresh = errors(result).filter((error) => !errors(before).includes(error));
    expect({ broken, fresh }).toEqual({ broken: [], fresh: [] });
  });

  test.each(guides)('%s: a second --fix changes nothing', (guide) => {
    const { workspace, options } = read(mainFile(guide));
    const once = fix(workspace, rules, { ...options, unsafe: false }).workspace;
    const twice = fix(once, rules, { ...options, unsafe: false }).workspace;
    expect(textsOf(twice)).toEqual(textsOf(once));
  });

  test.each(['mattermost-http', 'microsoft-old', 'modsecurity-swap', 'mainsail'])('%s: --fix mends it', (guide) => {
    const { workspace, options } = read(mainFile(guide));
    const { result } = fix(workspace, rules, { ...options, unsafe: false });
    expect([...new Set(outcomes(result))]).toEqual(['switches']);
  });
});

describe('what works and is often flagged', () => {
  test.each(quiet)('%s: no error, no warning', (name) => {
    const { workspace, options } = read(join('quiet', name));
    const found = lintAll(workspace, options).diagnostics.filter(({ severity }) => severity !== 'info');
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});

/** Not the installed nginx's: a module of others, names that are filled in later. */
const NOT_ASKED: ReadonlySet<string> = new Set(['yunohost']);

describeLive('guides, through nginx -t', () => {
  const asked = guides.filter((guide) => !NOT_ASKED.has(guide));

  test.each(asked)('%s is accepted, before and after --fix', (guide) => {
    const { workspace, options } = read(mainFile(guide));
    const after = fix(workspace, rules, { ...options, unsafe: false }).workspace;
    const verdicts = [workspace, after].map((each) => judgedHere(inlined(each), true));
    expect(verdicts).toEqual(['ok', 'ok']);
  });
});

/** The whole as one text: includes of files that are there are replaced by them. */
function inlined({ main, fragments, files, includes }: Workspace): string {
  let text = files.get(main ?? fragments[0]?.file ?? '')?.text ?? '';
  for (let depth = 0; depth < 3; depth++) {
    text = text.replace(/\binclude\s+([^;\s]+)\s*;/g, (line, pattern: string) => {
      const target = includes.get(pattern);
      return target?.kind === 'files' ? target.files.map((file) => files.get(file)?.text ?? '').join('\n') : line;
    });
  }
  return text;
}

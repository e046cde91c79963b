import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rules } from '../../rules/index';
import { fix } from '../../src/fix/fixer';
import { load } from '../../src/fs/load';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { Diagnostic } from '../../src/lint/result';
import type { Workspace } from '../../src/model/workspace';
import { describeLive } from '../live/nginx';
import { CORPUS, describeCorpus, hasCorpus, lintAll, rowsOf } from './corpus';
import { configurationsIn } from './documents';
import { judgedHere } from './surroundings';

interface Change {
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** `location :: defect`, as an approximate script saw them. */
  readonly fixed: readonly string[];
}

/** The rules that report what the script calls a defect. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  hardcoded_connection_shared: ['shared-location-upgrade'],
  missing_host: ['host-header'],
  'read_timeout_default_60s?': ['read-timeout'],
  read_timeout_default_60s: ['read-timeout'],
  undefined_map_full: ['connection-upgrade-map'],
  undefined_map_in_file: ['connection-upgrade-map'],
  duplicate_upgrade_header: ['upgrade-header'],
  missing_http_version: ['http-version'],
};

const GONE = 'reported, and gone';
const NOT_REPORTED = 'not reported before';

/** What is no finding, by the script's word for it. */
const NO_DEFECT: Readonly<Record<string, string>> = {
  hardcoded_connection_dedicated: 'a constant "upgrade" is right where a location serves WebSocket alone',
  duplicate_connection_header: 'two lines that both say upgrade switch everywhere; upgrade-header names the pair',
  escaped_dollar: 'the file is a shell script, whose here-document takes the backslash away',
};

const HANDSHAKE_FAILS = 'the handshake fails there, and that is the finding';

const STILL_AN_ENDPOINT =
  'the commit took Upgrade away, but the location still has the name of an endpoint and no version';

/** Pairs that are judged otherwise, by repository, commit and defect: the verdict and its reason. */
const EXCEPTIONS: Readonly<Record<string, readonly [verdict: string, reason: string]>> = {
  'blakeblackshear/frigate 1854571 read_timeout_default_60s': [
    NOT_REPORTED,
    'the locations include proxy.conf, which the history does not hold and which may set it',
  ],
  'dokku/dokku 9cbe771 read_timeout_default_60s?': [
    NOT_REPORTED,
    'a template, whose conditions decide what stands there',
  ],
  'dokku/dokku 42122a7 read_timeout_default_60s?': [
    NOT_REPORTED,
    'a template, whose conditions decide what stands there',
  ],
  'grafana/tutorials 940dfa1 hardcoded_connection_shared': [NOT_REPORTED, 'Grafana Live has the location to itself'],
  'haiwen/seafile-admin-docs f55257d read_timeout_default_60s': [NOT_REPORTED, 'Socket.IO pings every 25 s'],
  'haiwen/seafile-admin-docs a408179 read_timeout_default_60s': [NOT_REPORTED, 'Socket.IO pings every 25 s'],
  'linuxserver/reverse-proxy-confs 808ea4a hardcoded_connection_shared': [NOT_REPORTED, HANDSHAKE_FAILS],
  'linuxserver/reverse-proxy-confs ce19d09 hardcoded_connection_shared': [NOT_REPORTED, HANDSHAKE_FAILS],
  'linuxserver/reverse-proxy-confs 54ede40 hardcoded_connection_shared': [NOT_REPORTED, HANDSHAKE_FAILS],
  'linuxserver/reverse-proxy-confs 54ede40 missing_http_version ~ ^/lool/(.*)/ws$': [
    'still reported',
    STILL_AN_ENDPOINT,
  ],
  'linuxserver/reverse-proxy-confs 54ede40 missing_http_version ^~ /lool/adminws': [
    'still reported',
    STILL_AN_ENDPOINT,
  ],
};

/** What the files of linuxserver.io include, in our own words: the headers, the version and the times of proxy.conf. */
const INCLUDED: Readonly<Record<string, string>> = {
  'proxy.conf': [
    'proxy_http_version 1.1;',
    'proxy_read_timeout 240;',
    'proxy_set_header Host $host;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $connection_upgrade;',
  ].join('\n'),
  'ssl.conf': 'ssl_session_timeout 1d;',
  'resolver.conf': 'resolver 127.0.0.11 valid=30s;',
};

const root = mkdtempSync(join(tmpdir(), 'nwl-history-'));
let written = 0;

mkdirSync(join(root, 'config', 'nginx'), { recursive: true });
for (const [name, text] of Object.entries(INCLUDED)) writeFileSync(join(root, 'config', 'nginx', name), text);
afterAll(() => rmSync(root, { recursive: true, force: true }));

function load1(text: string, path: string): Workspace {
  const name = `${written++}-${/\.(md|sh)$/.test(path) ? 'block.conf' : basename(path)}`;
  writeFileSync(join(root, name), text);
  const options = { cwd: root, maps: [{ from: '/config', to: 'config' }], allow: [join(root, 'config')] };
  const [workspace] = load([name], options);
  if (workspace === undefined) throw new Error(`nothing was loaded for ${path}`);
  return workspace;
}

function workspacesOf(change: Change, side: 'before' | 'after'): readonly Workspace[] {
  const text = readFileSync(join(CORPUS, change[side]), 'utf8');
  return configurationsIn(change.path, text).map((block) => load1(block, change.path));
}

function concerning(diagnostics: readonly Diagnostic[], location: string, wanted: readonly string[]): number {
  const label = `location ${location}`;
  const found = diagnostics.filter(
    ({ rule, routes }) => wanted.includes(rule) && routes.some((route) => route.label === label),
  );
  return found.length;
}

function nameOf({ repo, commit, path }: Change): string {
  return `${repo} ${commit.slice(0, 7)} ${basename(path)}`;
}

interface Repair {
  readonly name: string;
  readonly change: Change;
  readonly location: string;
  readonly defect: string;
  /** What is expected, and why where that is not `reported, and gone`. */
  readonly expected: readonly [verdict: string, reason: string];
  /** Keys of EXCEPTIONS that speak of it. */
  readonly keys: readonly string[];
}

const repairs: readonly Repair[] = rowsOf<Change>('history.jsonl').flatMap((change) =>
  change.fixed.map((each) => {
    const [location = '', defect = ''] = each.split(' :: ');
    const name = `${nameOf(change)}: ${each}`;
    const key = `${change.repo} ${change.commit.slice(0, 7)} ${defect}`;
    const keys = [`${key} ${location}`, key];
    const none = NO_DEFECT[defect];
    const exception = EXCEPTIONS[`${key} ${location}`] ?? EXCEPTIONS[key];
    const expected = none === undefined ? (exception ?? ([GONE, ''] as const)) : ([NOT_REPORTED, none] as const);
    return { name, change, location, defect, expected, keys };
  }),
);

const judged = repairs.map((repair) => {
  const { change, location, defect } = repair;
  const wanted = RULES[defect] ?? [];
  const count = (side: 'before' | 'after'): number =>
    workspacesOf(change, side).reduce(
      (sum, workspace) => sum + concerning(lintAll(workspace).diagnostics, location, wanted),
      0,
    );
  return { ...repair, before: count('before'), after: count('after') };
});

/** Each file once, with what its maintainers repaired. */
const changes = [...new Map(repairs.map((repair) => [repair.change.before, repair.change])).values()];

describeCorpus('what maintainers repaired', () => {
  test.each(judged.map((repair) => [repair.name, repair] as const))('%s', (_, { expected, before, after }) => {
    const [verdict, reason] = expected;
    const found = before === 0 ? NOT_REPORTED : after < before ? GONE : 'still reported';
    expect({ found, reason }).toEqual({ found: verdict, reason });
  });

  test('every exception is of use', () => {
    const used = new Set(repairs.flatMap(({ keys }) => keys));
    expect(Object.keys(EXCEPTIONS).filter((key) => !used.has(key))).toEqual([]);
  });
});

/** Findings that no fix mends, by repository and defect, with the reason. */
const NOT_FIXED: Readonly<Record<string, string>> = {
  'haiwen/seafile-admin-docs undefined_map_in_file':
    'a fragment of a server: the http block that a map goes into was not given',
};

/** What fixing leaves of the defects that the maintainers repaired. */
interface Fixed {
  readonly change: Change;
  readonly texts: readonly string[];
  readonly left: readonly string[];
}

/** Defects whose repair is that a variable is defined: the harness must not define it. */
function definesVariable({ fixed }: Change): boolean {
  return fixed.some((each) => each.includes('undefined_map'));
}

function fixedOf(change: Change): Fixed {
  const outcomes = workspacesOf(change, 'before').map((workspace) => {
    const { workspace: after, result } = fix(workspace, rules, { ...DEFAULT_OPTIONS, unsafe: true });
    const file = after.main ?? after.fragments[0]?.file ?? '';
    return { text: after.files.get(file)?.text ?? '', diagnostics: result.diagnostics };
  });
  const ours = judged.filter((repair) => repair.change === change && repair.before > 0);
  const left = ours.flatMap(({ location, defect }) => {
    const count = outcomes.reduce(
      (sum, { diagnostics }) => sum + concerning(diagnostics, location, RULES[defect] ?? []),
      0,
    );
    return count === 0 || NOT_FIXED[`${change.repo} ${defect}`] !== undefined ? [] : [`${location} :: ${defect}`];
  });
  return { change, texts: outcomes.map(({ text }) => text), left };
}

const fixes = changes.map(fixedOf);

describeCorpus('what they repaired, fixed by us', () => {
  test.each(fixes.map((fixed) => [nameOf(fixed.change), fixed] as const))('%s', (_, { left }) => {
    expect(left).toEqual([]);
  });
});

/** What nginx says of a document's configurations, each verdict once. */
function verdicts(texts: readonly string[], change: Change): readonly string[] {
  return [...new Set(texts.map((text) => judgedHere(text, !definesVariable(change))))].sort();
}

/** Commits that repaired more than a fix can, or broke something else: their verdicts differ from ours. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'ansible/awx 0c7014e awx-nginx.conf':
    'the file was made a whole configuration: maps and upstreams stood at main level',
  'grafana/tutorials 940dfa1 run-grafana-behind-a-proxy.md':
    'a regex location was made a prefix: nginx refuses the URI in its proxy_pass, and what was meant no tool can know',
  'haiwen/seafile-admin-docs ffbd9d3 use_other_reverse_proxy.md':
    'the map was put beside the location, which fits nowhere',
  'haiwen/seafile-admin-docs 8e32934 use_other_reverse_proxy.md':
    'the map was put beside the location, which fits nowhere',
};

if (hasCorpus) {
  describeLive('what they repaired, fixed by us, through nginx -t', () => {
    const comparable = fixes.filter(({ change }) => OTHERWISE[nameOf(change)] === undefined);

    test.each(comparable.map((fixed) => [nameOf(fixed.change), fixed] as const))('%s', (_, { change, texts }) => {
      const after = configurationsIn(change.path, readFileSync(join(CORPUS, change.after), 'utf8'));
      expect(verdicts(texts, change)).toEqual(verdicts(after, change));
    });
  });
}

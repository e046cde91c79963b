import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { LintResult } from '../../src/lint/result';
import { parseVersion } from '../../src/model/version';
import { workspaceOf } from '../helpers/workspace';
import { CORPUS, describeCorpus, lintAll, rowsOf } from './corpus';

interface Label {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  /** What nginx -t said. */
  readonly test: { readonly ok: boolean; readonly text: string };
  /** What a browser's handshake came to, where nginx ran. */
  readonly ws: { readonly switched: boolean; readonly status: number } | null;
}

const labels = rowsOf<Label>('groundtruth/labels.jsonl');
const MEASURED_WITH = parseVersion('1.22.1');

/** What the cases include, as the corpus describes it; proxy_params is Debian's. */
const SNIPPETS: Readonly<Record<string, string>> = {
  '/etc/nginx/ws_snip.conf':
    'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
  '/etc/nginx/ka_snip.conf': 'proxy_http_version 1.1; proxy_set_header Connection "";',
  '/etc/nginx/proxy_params': [
    'proxy_set_header Host $host;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    'proxy_set_header X-Forwarded-Proto $scheme;',
  ].join('\n'),
};

function lintCase(label: Label): LintResult {
  const text = readFileSync(join(CORPUS, 'groundtruth', label.file), 'utf8');
  // they lie in /etc/nginx, so that a missing include is certain
  const workspace = { ...workspaceOf({ ...SNIPPETS, 'nginx.conf': text }), live: true };
  return lintAll(workspace, { ...DEFAULT_OPTIONS, version: MEASURED_WITH });
}

/** Cases that failed or were refused and that no error speaks of, with what the tool says instead, and why. */
const WITHOUT_ERROR: Readonly<Record<string, string>> = {
  '12t': 'an unknown directive may be a module: info',
  '17a': 'the path without its slash is one that the client need not ask for: info',
  '17b': 'nothing is proxied: the server redirects to https, as it should',
  '17b2': 'nothing is proxied: the server redirects to https, as it should',
  '17e': 'the path without its slash is one that the client need not ask for: info',
  '18a2': 'nothing is proxied: a single-page application answers every path',
  '18d6': 'nothing says that location / serves the /socket.io/ that was asked for',
  '20b': 'whether a host name resolves depends on the machine',
  '20b2': 'whether a host name resolves depends on the machine',
  '22e3': 'whether the backend of auth_request answers 101 is not known: a warning',
  '22l': 'access control is an outcome with its status, no finding',
  '22x': 'access control is an outcome with its status, no finding',
  '22z': 'a load balancer in front may send the PROXY protocol header that a browser does not',
};

/** Cases that switch and that deserve a word: the rule and its severity. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '10c': ['info connection-upgrade-map'],
  '10n': ['warning connection-upgrade-map'],
  '11a': ['warning upgrade-header'],
  '11b': ['warning upgrade-header'],
  '12i4': [],
  '14n4': ['warning zero-timeout'],
  '16c': ['warning handshake-headers-stripped'],
  '17a3': ['info proxy-pass-uri'],
  '17d2': ['warning proxy-pass-uri'],
  '19b': ['info upstream-keepalive'],
  '20c5': ['warning proxy-pass-uri'],
  '22a': ['warning cached-handshake'],
};

/** A cause names the route that fails, or is why nginx refuses the whole. */
function errorsOf(result: LintResult): readonly string[] {
  return result.diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
}

describeCorpus('the labelled cases, linted', () => {
  const switching = labels.filter(({ ws }) => ws?.switched === true);
  const failing = labels.filter(({ test: { ok }, ws }) => !ok || ws?.switched === false);

  test.each(switching.map((label) => [label.id, label.title, label] as const))(
    '%s switches, without an error: %s',
    (_, __, label) => {
      expect(errorsOf(lintCase(label))).toEqual([]);
    },
  );

  test.each(failing.map((label) => [label.id, label.title, label] as const))('%s fails: %s', (id, _, label) => {
    const reason = WITHOUT_ERROR[id];
    expect({ error: errorsOf(lintCase(label)).length > 0, reason }).toEqual({ error: reason === undefined, reason });
  });

  test.each(failing.flatMap((label) => (label.ws === null ? [] : [[label.id, label.title, label] as const])))(
    '%s: an error that says why the handshake fails: %s',
    (id, _, label) => {
      const breaking = lintCase(label).diagnostics.filter(({ breaks, severity }) => breaks && severity === 'error');
      expect(breaking.length > 0).toBe(WITHOUT_ERROR[id] === undefined);
    },
  );

  test.each(Object.entries(WORDS))('%s carries %s', (id, words) => {
    const label = labels.find((each) => each.id === id);
    const found = label === undefined ? [] : lintCase(label).diagnostics;
    const said = found.map(({ severity, rule }) => `${severity} ${rule}`);
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
  });
});

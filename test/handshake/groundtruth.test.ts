import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chrome } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { buildConfiguration } from '../../src/model/build';
import { parseVersion } from '../../src/model/version';
import { workspaceOf } from '../helpers/workspace';

interface Label {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly uri: string;
  readonly ws: { readonly switched: boolean; readonly status: number; readonly location?: string } | null;
}

const CORPUS = join(__dirname, '../../../shared/corpus/groundtruth');
const present = existsSync(CORPUS);
const VERSION = parseVersion('1.22.1') ?? 0;

function labels(): readonly Label[] {
  if (!present) return [];
  const lines = readFileSync(join(CORPUS, 'labels.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Label).filter((label) => label.ws !== null);
}

/** Snippets that the cases include, as the corpus describes them; Debian's proxy_params is the usual four lines. */
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

function filesFor(label: Label): Record<string, string> {
  return { ...SNIPPETS, 'nginx.conf': readFileSync(join(CORPUS, label.file), 'utf8') };
}

/** Cases that depend on what the configuration does not say, with the reason. */
const UNKNOWN: Readonly<Record<string, string>> = {
  '22e3': 'whether the backend that auth_request asks ignores the Upgrade header',
  '22z': 'a load balancer sends the PROXY protocol header, a browser does not',
};

(present ? test.each : test.skip.each)(labels().map((label) => [label.id, label] as const))('%s', (id, label) => {
  const configuration = buildConfiguration(workspaceOf(filesFor(label)));
  const request = chrome({ scheme: 'http', host: 'localhost', port: 80, target: label.uri });
  const outcome = simulate(configuration, request, VERSION);
  const expected = UNKNOWN[id] === undefined ? (label.ws?.switched === true ? 'switches' : 'fails') : 'unknown';
  const said = `${label.title}: ${outcome.outcome} ${outcome.status ?? ''} ${outcome.faults.map((f) => f.detail).join('; ')} ${outcome.unknowns.join('; ')}`;
  expect(`${said} = ${outcome.outcome}`).toBe(`${said} = ${expected}`);
});

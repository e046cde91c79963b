import { chrome } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { buildConfiguration } from '../../src/model/build';
import { NEWEST } from '../../src/model/version';
import { maskedSource } from '../../src/syntax/placeholders';
import { workspaceOf } from '../helpers/workspace';
import { inShort, WS } from './ask';

const PASS = `proxy_pass http://127.0.0.1:3000; ${WS}`;
const REQUEST = chrome({ scheme: 'http', host: 'a.test', port: 80, target: '/ws' });

/** What becomes of a handshake on a server of a Jinja template; `x.conf` holds `included`. */
function ask(server: string, included = ''): string {
  const texts = { 'nginx.conf.j2': `events {} http { server { ${server} } }`, 'x.conf': included };
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, maskedSource(path, text, 'utf8')]));
  const includes = new Map([['x.conf', { kind: 'files', files: ['x.conf'] } as const]]);
  const workspace = { ...workspaceOf({}), main: 'nginx.conf.j2', files, includes };
  return inShort(simulate(buildConfiguration(workspace), REQUEST, NEWEST));
}

test.each([
  ['a return that may be there', `location /ws { {% if x %} return 503; {% endif %} ${PASS} }`, 'unknown'],
  ['of a server', `{% if x %} return 301 /; {% endif %} location /ws { ${PASS} }`, 'unknown'],
  ['a rewrite', `location /ws { {% if x %} rewrite ^ /b permanent; {% endif %} ${PASS} }`, 'unknown'],
  ['one that does not match', `location /ws { {% if x %} rewrite ^/b /c permanent; {% endif %} ${PASS} }`, 'switches'],
  ['an if', `location /ws { {% if x %} if ($http_upgrade) { return 403; } {% endif %} ${PASS} }`, 'unknown'],
  ['try_files', `location /ws { {% if x %} try_files $uri =404; {% endif %} ${PASS} }`, 'unknown'],
  ['a break', `location /ws { {% if x %} break; {% endif %} return 403; ${PASS} }`, 'unknown'],
  ['another handler', `location /ws { ${PASS} {% if x %} empty_gif; {% endif %} }`, 'unknown'],
  [
    'either of two backends',
    `location /ws { {% if x %} proxy_pass http://a; {% else %} proxy_pass http://b; {% endif %} ${WS} }`,
    'switches',
  ],
  [
    'it fails either way: what the backend lacks is told',
    `location /ws { {% if x %} return 503; {% endif %} proxy_pass http://b; }`,
    'fails upgrade-missing connection-missing',
  ],
  [
    'a return beside a branch',
    `location /ws { {% if x %} set $a 1; {% endif %} return 503; ${PASS} }`,
    'fails 503 returned',
  ],
  ['a branch around the location', `{% if x %} location /ws { return 503; ${PASS} } {% endif %}`, 'fails 503 returned'],
])('branches of a template: %s', (_title, server, expected) => {
  expect(ask(server)).toBe(expected);
});

test.each([
  ['within the block', `location /ws { {% if x %} include x.conf; {% endif %} ${PASS} }`, 'return 503;', 'unknown'],
  [
    'of the block',
    '{% if x %} include x.conf; {% endif %}',
    `location /ws { return 503; ${PASS} }`,
    'fails 503 returned',
  ],
])('an include in a branch: %s', (_title, server, included, expected) => {
  expect(ask(server, included)).toBe(expected);
});

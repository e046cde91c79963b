import { chrome } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { buildConfiguration } from '../../src/model/build';
import { disagreements } from './compare';
import { describeLive } from './nginx';
import { openBench } from './observe';
import type { Bench } from './observe';
import { workspaceFor } from './tree';
import { nginxBinaries } from './verdict';

const PASS = 'proxy_pass http://127.0.0.1:19001; proxy_read_timeout 5s;';
const HEADERS =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;';
const USUAL = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }";
const SOCKET = 'http://unix:/tmp/nwl-backend.sock';
const ACCEPT = 'Sec-WebSocket-Accept $upstream_http_sec_websocket_accept always;';

/** What single rules and the simulation claim of nginx: the inside of a server, with what stands before it in http. */
const CLAIMS: readonly (readonly [claim: string, server: string, switches: boolean, http?: string])[] = [
  ['the path of a socket is no URI', `location /ws/ { proxy_pass ${SOCKET}; }`, true],
  ['nor is it before a colon', `location /ws/ { proxy_pass ${SOCKET}:; }`, true],
  ['nor behind a variable', `set $s /tmp/nwl-backend.sock; location / { proxy_pass http://unix:$s; }`, true],
  [
    'a hidden Upgrade is given back by add_header',
    `location / { ${PASS} proxy_hide_header Upgrade; add_header Upgrade $upstream_http_upgrade always; }`,
    true,
  ],
  [
    'a hidden Accept is given back by add_header',
    `location / { ${PASS} proxy_hide_header Sec-WebSocket-Accept; add_header ${ACCEPT} }`,
    true,
  ],
  [
    'by a map of the status too',
    `location / { ${PASS} proxy_hide_header Upgrade; add_header Upgrade $up always; }`,
    true,
    "map $status $up { 101 websocket; default ''; }",
  ],
  ["the backend's Accept again is one too many", `location / { ${PASS} add_header ${ACCEPT} }`, false],
  [
    'a client refuses the answer to a key that is not its own',
    `location / { ${PASS} ${HEADERS} proxy_set_header Sec-WebSocket-Key x3JJHMbDL1EzLkh9GBhXDw==; }`,
    false,
  ],
  ['$http_* keeps its value until set runs', `location /x { set $http_upgrade ""; } location / { ${PASS} }`, true],
  [
    'a named capture takes the place of a map',
    `location ~ ^/x/(?<connection_upgrade>.*) { return 200; } location / { ${PASS} }`,
    false,
  ],
  [
    'error_page =101 lets a 101 through',
    `location / { error_page 418 =101 @ws; return 418; } location @ws { ${PASS} }`,
    true,
  ],
  ['error_page 418 does not', `location / { error_page 418 @ws; return 418; } location @ws { ${PASS} }`, false],
  ['try_files finds the root directory', `location / { root /tmp; try_files / =404; ${PASS} }`, true],
  ['and no file of that name', `location / { root /tmp; try_files $uri $uri/ =404; ${PASS} }`, false],
];

describeLive('what is claimed of nginx', () => {
  for (const binary of nginxBinaries()) {
    describe(binary.path, () => {
      let bench: Bench;
      beforeAll(async () => {
        bench = await openBench(binary.path);
      });
      afterAll(() => bench.close());

      test.each(CLAIMS)('%s', async (_claim, server, switches, http = '') => {
        const text = `events {} http { ${USUAL} ${http} ${HEADERS} server { listen 127.0.0.1:18001; ${server} } }`;
        const files = new Map([['nginx.conf', text]]);
        const request = chrome({ scheme: 'http', host: 'a.test:18001', port: 18001, target: '/ws/nobody?x=1' });
        const observation = await bench.run(files, [request]);
        if ('refused' in observation) throw new Error(observation.refused.message);
        const outcome = simulate(buildConfiguration(workspaceFor(files)), request, binary.version);
        const [observed] = observation.answers;
        expect(observed?.switched).toBe(switches);
        expect(observed === undefined ? [] : disagreements(request, outcome, observed)).toEqual([]);
      });
    });
  }
});

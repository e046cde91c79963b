import { connect } from 'node:net';
import { chrome } from '../../src/handshake/clients';
import { simulate } from '../../src/handshake/simulate';
import { NEWEST } from '../../src/model/version';
import { configurationOf } from '../helpers/workspace';
import { SWITCH, startBackends, type Backends } from './faults';
import { PREAMBLE, describeLive, startNginx } from './nginx';
import { freePorts } from './ports';

/** By what stands in http, in the default server, in the server, in its location. */
interface Limits {
  readonly http?: string;
  readonly first?: string;
  readonly server?: string;
  readonly location?: string;
}

const CASES: readonly (readonly [string, Limits])[] = [
  ['the 101 fits into limit_rate', { location: 'limit_rate 188;' }],
  ['it does not', { location: 'limit_rate 20;' }],
  ['it does with limit_rate_after', { location: 'limit_rate 100; limit_rate_after 100;' }],
  ['$limit_rate', { location: 'set $limit_rate 20;' }],
  ['client_header_timeout 0 of the default server', { first: 'client_header_timeout 0;' }],
  ['client_header_timeout 0 of the server', { server: 'client_header_timeout 0;' }],
  ['all servers are down', { http: 'upstream up { server 127.0.0.1:BACKEND down; }' }],
  ['a backup is not', { http: 'upstream up { server 127.0.0.1:1 down; server 127.0.0.1:BACKEND backup; }' }],
];

describeLive('limits that a handshake does not pass', () => {
  let backends: Backends;

  beforeAll(async () => {
    backends = await startBackends();
  });
  afterAll(() => backends.close());

  test.each(CASES)('%s', async (_, { http = '', first = '', server = '', location = '' }) => {
    const [port = 0] = await freePorts(1);
    const backend = http === '' ? `127.0.0.1:${backends.good}` : 'up';
    const body = `${http.replace('BACKEND', String(backends.good))}
      server { listen 127.0.0.1:${port}; ${first} }
      server { listen 127.0.0.1:${port}; server_name a.test; ${server}
        location / { proxy_pass http://${backend}; ${SWITCH} ${location} } }`;
    const request = chrome({ scheme: 'http', host: `a.test:${port}`, port, target: '/ws' });
    const { outcome } = simulate(configurationOf(`events {} http { ${body} }`), request, NEWEST);
    const nginx = await startNginx(new Map([['nginx.conf', `events {} http { ${PREAMBLE.join(' ')} ${body} }`]]));
    try {
      const lines = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      const head = await answerTo(port, `GET /ws HTTP/1.1\r\n${lines}\r\n`);
      expect(/^HTTP\/1\.1 101 [^]*\r\n\r\n/.test(head)).toBe(outcome === 'switches');
    } finally {
      await nginx.stop();
    }
  });
});

/** What comes within half a second. */
function answerTo(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', end);
    socket.on('close', end);
    setTimeout(end, 500);
  });
}

import { WebSocketServer } from 'ws';
import type { AddressInfo, Socket } from 'node:net';
import { answering, rough, switching, type Rough } from '../probe/servers';
import { PREAMBLE } from './nginx';

/** Backends of every temper, each on a port of its own. */
export interface Backends {
  /** The library `ws`, which answers `wrong origin` with 403 when Origin and Host differ. */
  readonly good: number;
  readonly dead: number;
  readonly resetting: number;
  readonly silent: number;
  readonly garbage: number;
  /** Answers 101 and goes away, as Tornado does over HTTP/1.0. */
  readonly fickle: number;
  /** Answers 101 and ends the connection after 1 s. */
  readonly impatient: number;
  close(): Promise<void>;
}

export async function startBackends(): Promise<Backends> {
  const good = await startEcho();
  const dead = await rough(() => undefined);
  await dead.close();
  const roughs = {
    resetting: await rough((socket) => void socket.once('data', () => socket.resetAndDestroy())),
    silent: await rough((socket) => void socket.resume()),
    garbage: await rough((socket) => void socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))),
    fickle: await rough(answering((accept, socket) => (socket.end(switching(accept)), ''))),
    impatient: await rough(
      answering((accept, socket) => {
        setTimeout(() => socket.end(), 1000);
        return switching(accept);
      }),
    ),
  };
  const port = ({ port: number }: Rough): number => number;
  return {
    good: good.port,
    dead: port(dead),
    resetting: port(roughs.resetting),
    silent: port(roughs.silent),
    garbage: port(roughs.garbage),
    fickle: port(roughs.fickle),
    impatient: port(roughs.impatient),
    async close() {
      await Promise.all([good.close(), ...Object.values(roughs).map((server) => server.close())]);
    },
  };
}

function startEcho(): Promise<Rough> {
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ origin, req }, done) => {
      const strict = req.url?.startsWith('/strict') === true;
      done(!strict || origin === `http://${req.headers.host ?? ''}`, 403);
    },
  });
  const sockets = new Set<Socket>();
  server.on('connection', (client, request) => {
    sockets.add(request.socket);
    client.on('error', () => undefined);
    client.on('message', (data, binary) => client.send(data, { binary }));
  });
  return new Promise((resolve) => {
    server.on('listening', () => {
      const close = (): Promise<void> => {
        for (const socket of sockets) socket.destroy();
        return new Promise((done) => void server.close(() => done()));
      };
      resolve({ port: (server.address() as AddressInfo).port, close });
    });
  });
}

export const SWITCH =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';

/** A location with one fault. `direct` names the backend behind it. */
export interface FaultCase {
  readonly path: string;
  readonly location: (backends: Backends) => string;
  readonly direct: keyof Omit<Backends, 'close'>;
  /** What `probe` calls it; null: the handshake switches. */
  readonly cause: string | null;
  readonly blamed: 'front' | 'direct' | null;
  readonly status: number | null;
  /** What `logs` makes of the lines that nginx wrote. */
  readonly logged: string | null;
}

function at(path: string, body: (backends: Backends) => string): Pick<FaultCase, 'path' | 'location'> {
  return { path, location: (backends) => `location ${path} { ${body(backends)} }` };
}

const good = ({ good: port }: Backends): string => `proxy_pass http://127.0.0.1:${port};`;

export const FAULTS: readonly FaultCase[] = [
  {
    ...at('/ok/ws', (b) => `${good(b)} ${SWITCH}`),
    direct: 'good',
    cause: null,
    blamed: null,
    status: 101,
    logged: null,
  },
  {
    ...at('/no-upgrade/ws', (b) => `${good(b)} proxy_http_version 1.1; proxy_set_header Connection "upgrade";`),
    direct: 'good',
    cause: 'headers-not-forwarded',
    blamed: 'front',
    status: 426,
    logged: 'access-426',
  },
  {
    ...at('/bare/ws', good),
    direct: 'good',
    cause: 'headers-not-forwarded',
    blamed: 'front',
    status: 426,
    logged: 'access-426',
  },
  {
    ...at(
      '/literal/ws',
      (b) =>
        `${good(b)} proxy_http_version 1.1; proxy_set_header Upgrade upgrade; proxy_set_header Connection "upgrade";`,
    ),
    direct: 'good',
    cause: 'headers-not-forwarded',
    blamed: 'front',
    status: 400,
    logged: 'access-400',
  },
  {
    ...at('/no-key/ws', (b) => `${good(b)} ${SWITCH} proxy_set_header Sec-WebSocket-Key "";`),
    direct: 'good',
    cause: 'headers-not-forwarded',
    blamed: 'front',
    status: 400,
    logged: 'access-400',
  },
  {
    ...at('/slash/ws/', (b) => `${good(b)} ${SWITCH}`),
    path: '/slash/ws',
    direct: 'good',
    cause: 'redirect',
    blamed: 'front',
    status: 301,
    logged: 'access-redirect',
  },
  {
    ...at('/moved/ws', () => 'return 308 https://a.test$request_uri;'),
    direct: 'good',
    cause: 'redirect',
    blamed: 'front',
    status: 308,
    logged: 'access-redirect',
  },
  {
    ...at('/page/ws', () => 'return 200 ok;'),
    direct: 'good',
    cause: 'wrong-location',
    blamed: 'front',
    status: 200,
    logged: 'access-200',
  },
  {
    ...at('/file/ws', () => 'root html;'),
    direct: 'good',
    cause: 'wrong-location',
    blamed: 'front',
    status: 404,
    logged: 'no-proxy-pass',
  },
  {
    ...at('/deny/ws', (b) => `deny all; ${good(b)} ${SWITCH}`),
    direct: 'good',
    cause: 'forbidden',
    blamed: 'front',
    status: 403,
    logged: 'forbidden-by-rule',
  },
  {
    ...at('/strict/ws', (b) => `${good(b)} ${SWITCH}`),
    direct: 'good',
    cause: 'forbidden',
    blamed: 'front',
    status: 403,
    logged: 'access-403',
  },
  {
    ...at('/gone/ws', () => 'return 444;'),
    direct: 'good',
    cause: 'closed-before-answer',
    blamed: 'front',
    status: null,
    logged: 'access-444',
  },
  {
    ...at('/zero/ws', (b) => `${good(b)} ${SWITCH} proxy_read_timeout 0;`),
    direct: 'good',
    cause: 'upstream',
    blamed: 'front',
    status: 504,
    logged: 'answer-timeout',
  },
  {
    ...at('/hidden/ws', (b) => `${good(b)} ${SWITCH} proxy_hide_header Upgrade;`),
    direct: 'good',
    cause: 'bad-switch',
    blamed: 'front',
    status: 101,
    logged: null,
  },
  {
    ...at('/added/ws', (b) => `${good(b)} ${SWITCH} add_header Upgrade websocket always;`),
    direct: 'good',
    cause: 'bad-switch',
    blamed: 'front',
    status: 101,
    logged: null,
  },
  {
    ...at('/variable/ws', (b) => `set $target ws://127.0.0.1:${b.good}; proxy_pass $target; ${SWITCH}`),
    direct: 'good',
    cause: 'server-error',
    blamed: 'front',
    status: 500,
    logged: 'bad-scheme',
  },
  {
    ...at('/unresolved/ws', () => `set $target localhost; proxy_pass http://$target; ${SWITCH}`),
    direct: 'good',
    cause: 'upstream',
    blamed: 'front',
    status: 502,
    logged: 'no-resolver',
  },
  {
    ...at('/tls/ws', (b) => `proxy_pass https://127.0.0.1:${b.good}; ${SWITCH}`),
    direct: 'good',
    cause: 'upstream',
    blamed: 'front',
    status: 502,
    logged: 'tls-to-plain',
  },
  {
    ...at('/grpc/ws', (b) => `grpc_pass grpc://127.0.0.1:${b.good};`),
    direct: 'good',
    cause: 'upstream',
    blamed: 'front',
    status: 502,
    logged: 'http2-upstream',
  },
  {
    ...at('/big/ws', (b) => `${good(b)} ${SWITCH} limit_except POST { deny all; }`),
    direct: 'good',
    cause: 'forbidden',
    blamed: 'front',
    status: 403,
    logged: 'forbidden-by-rule',
  },
  {
    ...at('/dead/ws', (b) => `proxy_pass http://127.0.0.1:${b.dead}; ${SWITCH}`),
    direct: 'dead',
    cause: 'upstream',
    blamed: 'direct',
    status: 502,
    logged: 'connection-refused',
  },
  {
    ...at('/resetting/ws', (b) => `proxy_pass http://127.0.0.1:${b.resetting}; ${SWITCH}`),
    direct: 'resetting',
    cause: 'upstream',
    blamed: 'direct',
    status: 502,
    logged: 'reset-before-answer',
  },
  {
    ...at('/silent/ws', (b) => `proxy_pass http://127.0.0.1:${b.silent}; ${SWITCH} proxy_read_timeout 400ms;`),
    direct: 'silent',
    cause: 'upstream',
    blamed: 'direct',
    status: 504,
    logged: 'answer-timeout',
  },
  {
    ...at('/garbage/ws', (b) => `proxy_pass http://127.0.0.1:${b.garbage}; ${SWITCH}`),
    direct: 'garbage',
    cause: 'not-http',
    blamed: 'direct',
    status: null,
    logged: 'tunnel-over-http10',
  },
  {
    ...at('/fickle/ws', (b) => `proxy_pass http://127.0.0.1:${b.fickle}; ${SWITCH}`),
    direct: 'fickle',
    cause: 'closed-at-once',
    blamed: 'direct',
    status: 101,
    logged: 'access-101-at-once',
  },
];

export const LOG_FORMAT = `log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';`;

/** A main file with the faults as locations of one server, and its logs beside it. */
export function faultyServer(backends: Backends, listen: string, more = ''): string {
  const locations = FAULTS.map(({ location }) => location(backends)).join('\n');
  const http = [
    ...PREAMBLE.slice(1),
    LOG_FORMAT,
    'access_log logs/access.log timed;',
    'error_log logs/error.log info;',
  ];
  return `events { worker_connections 128; }
http {
${http.join('\n')}
server {
listen ${listen};
server_name a.test;
${locations}
}
${more}
}
`;
}

import type { Finding, Rule } from '../src/lint/rule';
import type { Configuration, Setting } from '../src/model/scope';

const DEFAULT = 512;
/** Fewer WebSockets a worker than this are soon taken by one busy page. */
const SMALL = 1024;

export default {
  id: 'worker-connections',
  severity: 'info',
  summary: 'The number of connections a worker may hold is small for WebSockets, which take two each.',
  nginx: `Every proxied WebSocket takes two connections of its worker for as long as it is open: one to the client, one to the
backend. With \`worker_connections 512\`, the default, a worker holds 255; the next one is reset after the connect, with
\`[alert] 512 worker_connections are not enough\`. \`worker_rlimit_nofile\` below twice as many ends in \`Too many open files\`.`,
  exceptions: 'Nothing is said from 1024 on, nor where no route serves WebSocket.',
  sources: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
    'measured on nginx 1.22.1 and 1.31.4: 20 -> 9 sockets, 512 -> 255',
  ],
  fix: 'unsafe',
  fixSafety: 'each connection takes memory and file descriptors, whose limit has to allow it',

  *check(context) {
    const { configuration, websocketRoutes } = context;
    const events = configuration.main.own('events')[0];
    if (websocketRoutes.length === 0 || configuration.main.assumed || events?.opens == null) return;
    const setting = events.opens.own('worker_connections')[0];
    if (setting === undefined && events.opens.unread.length > 0) return;
    const limit = setting === undefined ? DEFAULT : Number(setting.directive.args[0]);
    if (limit < SMALL) yield tooFew(events, setting, limit);
    yield* files(configuration, setting, limit);
  },
} satisfies Rule;

function tooFew(events: Setting, setting: Setting | undefined, limit: number): Finding {
  const sockets = Math.floor((limit - 2) / 2);
  return {
    at: setting ?? events,
    message: `each worker holds at most ${sockets} WebSockets: worker_connections ${setting === undefined ? `defaults to ${limit}` : `is ${limit}`}`,
    why: 'a proxied WebSocket takes two connections for as long as it is open',
    help: 'set worker_connections to more than twice the number of sockets that a worker is to hold',
    routes: [],
    ...(sockets < 100 ? { severity: 'warning' as const } : {}),
    ...(events.opens === null
      ? {}
      : {
          repairs: {
            title: 'set worker_connections 4096',
            safety: 'unsafe' as const,
            repairs: [{ kind: 'set' as const, scope: events.opens, name: 'worker_connections', args: ['4096'] }],
          },
        }),
  };
}

function* files(configuration: Configuration, connections: Setting | undefined, limit: number): Generator<Finding> {
  const setting = configuration.main.own('worker_rlimit_nofile')[0];
  const allowed = Number(setting?.directive.args[0]);
  if (setting === undefined || !(allowed < limit)) return;
  yield {
    at: setting,
    message: `worker_rlimit_nofile ${allowed} is less than worker_connections ${limit}`,
    why: 'every connection is a file: handshakes beyond it are answered 500, Too many open files',
    help: `set worker_rlimit_nofile to at least ${limit * 2}`,
    ...(connections === undefined
      ? {}
      : { related: [{ at: connections, message: 'so many connections are allowed' }] }),
    routes: [],
    severity: 'warning',
  };
}

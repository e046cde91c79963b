import type { Rule } from '../src/lint/rule';
import { formatMilliseconds, parseMilliseconds } from '../src/model/units';

/** Shorter than this a reload cuts off every open socket at once. */
const SHORT = 60_000;

export default {
  id: 'worker-shutdown-timeout',
  severity: 'info',
  summary: 'At a reload old workers stay for as long as their WebSockets are open, or cut them all off at once.',
  nginx: `A reload starts new workers and lets the old ones finish, with the old configuration. An open WebSocket keeps its old
worker alive: each reload adds another set, and memory grows. \`worker_shutdown_timeout\` ends them: after it every
WebSocket of the old workers is cut, both ends see 1006, and nothing is written to error.log, so a short one makes all clients
reconnect at the same moment. 0, the default, is never.`,
  exceptions: 'Without it nothing is said unless the configuration is the whole of a server (it has a main file).',
  sources: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_shutdown_timeout',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'sockets that are still open when it runs out are cut',

  *check({ configuration, websocketRoutes }) {
    const { main } = configuration;
    const events = main.own('events')[0];
    if (websocketRoutes.length === 0 || main.assumed || main.unread.length > 0 || events === undefined) return;
    const setting = main.own('worker_shutdown_timeout')[0];
    const time = setting === undefined ? 0 : parseMilliseconds(setting.directive.args[0] ?? '');
    if (setting === undefined || time === 0) {
      yield {
        at: setting ?? events,
        word: 0,
        message: 'old workers stay after a reload for as long as their WebSockets are open',
        why: `worker_shutdown_timeout is ${setting === undefined ? 'not set' : '0, which means never'}: each reload adds another set of workers to the memory in use`,
        help: 'set worker_shutdown_timeout in the main block, for example 1h',
        routes: [],
        repairs: {
          title: 'set worker_shutdown_timeout 1h',
          safety: 'unsafe',
          repairs: [
            setting === undefined
              ? { kind: 'insert', scope: main, text: 'worker_shutdown_timeout 1h;', near: events, where: 'before' }
              : { kind: 'word', setting, index: 1, text: '1h' },
          ],
        },
      };
      return;
    }
    if (time === null || time >= SHORT) return;
    yield {
      at: setting,
      word: 1,
      message: `a reload cuts every open WebSocket after ${formatMilliseconds(time)}`,
      why: 'all clients then reconnect at the same moment, and nothing in error.log says why',
      help: 'give clients more time, and let them reconnect at random moments',
      routes: [],
      repairs: {
        title: 'set worker_shutdown_timeout 1h',
        safety: 'unsafe',
        repairs: [{ kind: 'word', setting, index: 1, text: '1h' }],
      },
    };
  },
} satisfies Rule;

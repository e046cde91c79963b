import { DEFAULT_TIMEOUT, timeoutOf } from '../src/lint/timeouts';
import type { Rule } from '../src/lint/rule';
import { formatMilliseconds } from '../src/model/units';

export default {
  id: 'send-timeout',
  severity: 'info',
  summary: 'proxy_send_timeout is raised as if it kept idle connections open.',
  nginx: `\`proxy_send_timeout\` runs only while the backend does not take what nginx has for it: its socket buffer is full.
An idle WebSocket has nothing to send, so the timer is not even armed (measured: 2 s, no effect on an idle connection). It
ends a connection only when the backend stops reading for that long, and any traffic in the other direction starts it anew.`,
  sources: ['src/http/ngx_http_upstream.c, ngx_http_upstream_process_upgraded', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: null,

  *check(context) {
    for (const route of context.websocketRoutes) {
      const send = timeoutOf(route, 'send');
      const read = timeoutOf(route, 'read');
      if (send?.setting == null || send.milliseconds <= DEFAULT_TIMEOUT) continue;
      if (read === null || read.origin === 'assumed' || read.milliseconds > DEFAULT_TIMEOUT) continue;
      yield {
        at: send.setting,
        message: `${send.name} ${formatMilliseconds(send.milliseconds)} does not keep idle connections of ${route.label} open`,
        why: 'it only runs while the backend does not read; the timer of an idle connection is the read timeout',
        help: `set ${read.name} to the time that you mean`,
        routes: [route],
      };
    }
  },
} satisfies Rule;

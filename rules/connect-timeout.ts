import { DEFAULT_TIMEOUT, timeoutOf } from '../src/lint/timeouts';
import { settingsScope } from '../src/lint/settings-scope';
import type { Rule } from '../src/lint/rule';
import { formatMilliseconds } from '../src/model/units';

/** By default Linux gives up on a connection attempt after 131 s (older kernels 127 s): more never comes to pass. */
const LONGEST_USEFUL = 131_000;

export default {
  id: 'connect-timeout',
  severity: 'info',
  summary: 'proxy_connect_timeout is raised as if it kept connections open.',
  nginx: `\`proxy_connect_timeout\` ends when the connection to the backend stands. It says nothing about how long that
connection then lives. The 75 s that nginx's documentation names as a limit do not hold on Linux (90 s were honoured); what
limits it is the kernel, which gives up on its own, by default 131 s after the first SYN (\`tcp_syn_retries\` 6 and
\`tcp_syn_linear_timeouts\` 4; 127 s in kernels without the latter). A long time only makes clients wait for a backend that
is down.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout',
    'Linux, Documentation/networking/ip-sysctl.rst, tcp_syn_retries and tcp_syn_linear_timeouts',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'A backend that takes longer to accept would be given up on.',

  *check(context) {
    for (const route of context.websocketRoutes) {
      const connect = timeoutOf(route, 'connect');
      const read = timeoutOf(route, 'read');
      if (connect?.setting == null || connect.milliseconds <= LONGEST_USEFUL) continue;
      const mistaken = read !== null && read.origin !== 'assumed' && read.milliseconds <= DEFAULT_TIMEOUT;
      const repair = { kind: 'set', scope: settingsScope(route), name: connect.name, args: ['60s'] } as const;
      yield {
        at: connect.setting,
        message: `${connect.name} ${formatMilliseconds(connect.milliseconds)} ends when the backend has accepted the connection`,
        why: mistaken
          ? 'it does not keep idle connections open: that is the read timeout, which is 60s or less here'
          : 'clients wait that long for a backend that is down, and the kernel gives up sooner',
        help: `60s is plenty; the timer of an idle connection is ${read?.name ?? 'proxy_read_timeout'}`,
        routes: [route],
        repairs: { title: `set ${connect.name} 60s`, safety: 'unsafe', repairs: [repair] },
      };
    }
  },
} satisfies Rule;

import { settingsScope } from '../src/lint/settings-scope';
import type { Rule } from '../src/lint/rule';
import { effective } from '../src/model/effective';
import { headersOf } from '../src/model/headers';
import { addressesOf } from '../src/model/server-addresses';

const WANTED = [
  ['X-Forwarded-For', '$proxy_add_x_forwarded_for'],
  ['X-Forwarded-Proto', '$scheme'],
] as const;

/** Any of these tells the backend; which of them it reads is its own affair. */
const TELLS = /^(x-forwarded-(for|proto|scheme|ssl|protocol)|x-real-ip|x-scheme|forwarded|front-end-https)$/;

export default {
  id: 'forwarded-headers',
  severity: 'info',
  summary: "The backend of a TLS route is told neither the client's address nor that the client came over TLS.",
  nginx: `The backend sees nginx's address and plain HTTP. An application that builds its own URLs then tells the browser to
open \`ws://\` from an \`https://\` page, which browsers block, and checks of Origin against scheme and host fail.
\`X-Forwarded-Proto $scheme\` and \`X-Forwarded-For $proxy_add_x_forwarded_for\` are what applications read.`,
  exceptions: 'One such header is enough: what the application reads is its own affair.',
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
    'reports: applications that answer with ws:// behind TLS',
  ],
  fix: 'unsafe',
  fixSafety: 'the backend may trust these headers and behave otherwise, for plain requests too',

  *check(context) {
    for (const route of context.websocketRoutes) {
      if (route.pass.directive.name !== 'proxy_pass') continue;
      if (!addressesOf(context.configuration, route.server).some(({ ssl }) => ssl)) continue;
      const { origin, settings } = effective(route.scope, 'proxy_set_header');
      if (origin === 'unknown' || headersOf(settings).some(({ key }) => TELLS.test(key))) continue;
      const scope = settingsScope(route);
      yield {
        at: route.pass,
        message: `${route.label} does not say that the client came over TLS, nor from where`,
        why: 'an application that builds URLs itself then answers with ws://, which browsers block on an https page',
        help: 'add proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for and X-Forwarded-Proto $scheme',
        routes: [route],
        absent: { scope: route.scope, directive: 'proxy_set_header' },
        repairs: {
          title: "forward the client's address and scheme",
          safety: 'unsafe',
          repairs: WANTED.map(
            ([key, value]) => ({ kind: 'entry', scope, list: 'proxy_set_header', key, value }) as const,
          ),
        },
      };
    }
  },
} satisfies Rule;

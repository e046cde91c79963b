import { isMeantForWebSocket } from '../src/lint/endpoint';
import { inFirefox } from '../src/lint/firefox';
import { isIfOf } from '../src/lint/if-block';
import { missedTests } from '../src/lint/missed-test';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import type { Fault } from '../src/handshake/types';
import { conditionText } from '../src/model/condition-words';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'refused-handshake',
  severity: 'warning',
  summary:
    'nginx itself answers every handshake of a route: an if, a deny or an error of its own comes before the backend.',
  nginx: `\`if ($http_upgrade) { return 400; }\`, \`return 404;\` in the server, \`deny all;\`, an \`auth_request\` that is always
answered 403: the settings for WebSocket are all there, and no handshake comes as far as \`proxy_pass\`. Server-level \`if\`
and \`return\` run before any location is looked for. Where an \`error_page\` without \`=\` leads to the backend, the answer
keeps the error's status, and a 101 is sent as that. A 500 of nginx's own (a rewrite cycle, a named location that is
missing) is an error; the rest may well be meant.`,
  exceptions: `What depends on the client's address, cookies, arguments, Origin, a password or a file is not judged: handshakes may get
through. Where WebSocket reaches the location only through settings of the server it is info. If no WebSocket is meant,
\`# nginx-ws-lint: not-websocket\` in the location says so.`,
  sources: [
    'src/http/ngx_http_core_module.c, the order of phases',
    'src/http/ngx_http_special_response.c, err_status',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['returned', 'refused-by-access', 'server-error'],

  *check(context) {
    for (const route of context.websocketRoutes) {
      const keeping = keptStatus(context, route);
      if (keeping !== null) yield statusKept(context, route, keeping);
      const faults = context.faults(route, 'returned', 'redirected', 'refused-by-access', 'server-error');
      const fault =
        faults.find(({ kind }) => kind === 'server-error') ?? faults.find((each) => !isExplained(route, each));
      if (keeping === null && fault !== undefined) yield refused(context, route, fault);
    }
  },
} satisfies Rule;

function refused(context: RuleContext, route: Route, { kind, setting, detail }: Fault): Finding {
  const test = setting?.scope.kind === 'if' ? setting.scope.opener : null;
  const { status } = context.handshake(route);
  const other = inFirefox(context, route);
  const whose = other !== null && other.outcome !== 'fails' ? "Chrome's handshake" : 'every handshake';
  const answer = status === 444 ? 'is closed without an answer' : `is answered ${status ?? 'by nginx'}`;
  const broken = kind === 'server-error';
  return {
    at: test ?? setting ?? route.location?.opener ?? route.pass,
    message: `${whose} of ${route.label} ${answer}: ${test === null ? '' : `${conditionText(test.directive)} `}${detail.replace(/: 500$/, '')}`,
    why: broken
      ? 'nginx cannot go on, and its 500 takes the place of the backend'
      : 'nginx answers before proxy_pass runs',
    help: broken ? 'see what it refers to' : 'let handshakes pass, if they are meant to',
    related: [{ at: route.pass, message: 'no handshake comes here' }],
    routes: [route],
    ...(broken ? { severity: 'error' as const } : isMeantForWebSocket(route) ? {} : { severity: 'info' as const }),
    breaks: true,
  };
}

/** What other rules say. */
function isExplained(route: Route, { kind, setting }: Fault): boolean {
  const { location } = route;
  if (setting === null || kind === 'refused-by-access' || kind === 'server-error') return false;
  const test = setting.scope.opener;
  // second-handler and if-without-break
  if (setting.scope === location || setting.scope === route.scope) return true;
  if (test?.directive.name !== 'if') return kind === 'redirected';
  // case-sensitive-test
  if ([test.scope, route.server].some((scope) => missedTests(scope).some((missed) => missed.test === test)))
    return true;
  // redirected-handshake, limit-except
  return kind === 'redirected'
    ? !isIfOf(location, setting.scope)
    : /\$\{?request_method\b/.test(test.directive.args[0] ?? '');
}

const BEFORE = ['returned', 'refused-by-access', 'no-handler', 'not-found', 'limit-except', 'server-error'] as const;

/** The error_page that leads to the backend and keeps the status of the error. */
function keptStatus(context: RuleContext, route: Route): Setting | null {
  const { pass, status, steps } = context.handshake(route);
  if (pass !== route.pass || status === null || context.faults(route, ...BEFORE).length === 0) return null;
  return steps.findLast(({ setting }) => setting?.directive.name === 'error_page')?.setting ?? null;
}

function statusKept(context: RuleContext, route: Route, setting: Setting): Finding {
  const { args } = setting.directive;
  const target = args.at(-1) ?? '';
  return {
    at: setting,
    message: `the 101 of ${route.label} is sent as ${context.handshake(route).status}: error_page ${args.join(' ')} keeps that status`,
    why: 'only with a bare "=" does error_page take the status of what it leads to',
    help: `write error_page ${args.filter((word) => /^\d+$/.test(word)).join(' ')} = ${target}`,
    related: [{ at: route.pass, message: 'the handshake comes here' }],
    routes: [route],
    severity: 'error',
    breaks: true,
  };
}

import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { missedTests } from '../src/lint/missed-test';
import type { MissedTest } from '../src/lint/missed-test';
import { capturesUsedIn } from '../src/model/captures';
import { conditionText } from '../src/model/condition-words';
import { locationWords } from '../src/model/location-words';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

const SENT = 'Connection: Upgrade (Chrome) or keep-alive, Upgrade (Firefox)';

export default {
  id: 'case-sensitive-test',
  severity: 'error',
  summary: 'An if compares Upgrade or Connection in a way that real clients do not meet.',
  nginx: `\`=\`, \`!=\` and \`~\` in an \`if\` respect case, unlike the keys of a map. Browsers send \`Upgrade: websocket\`, so
\`= "WebSocket"\` matches none of them. In Connection Chrome sends \`Upgrade\` and Firefox \`keep-alive, Upgrade\`, so
\`= "upgrade"\` matches neither, and \`= "Upgrade"\` only Chrome. A test of \`$http_upgrade\` with \`~* websocket\` is met by
all of them.`,
  exceptions: `\`if ($http_upgrade)\`, \`= websocket\` and \`~* websocket\` tests are right, and so is one of two that set the same
where the other is. Where the block answers with \`return\` or a redirect, handshakes get through because they do not meet
the test: it is a warning, and nothing is repaired. One that they do meet is refused-handshake's.`,
  sources: [
    'src/http/modules/ngx_http_rewrite_module.c, ngx_http_rewrite_if_condition',
    'measured with the headers that Chrome and Firefox send',
  ],
  fix: 'safe or unsafe',
  fixSafety: `A request without an Upgrade header meets neither the old test nor the new one, and a client that met the old one meets the
new. Unsafe where handshakes switch without it, or the block rewrites: what they meet then may be something else; and where the
server uses \`$1\`...\`$9\`, which a regex would wipe out: there an \`=\` stays one.`,

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const missed of testsOn(route)) yield finding(context, route, missed);
    }
  },
} satisfies Rule;

/** The ifs that decide on this route: the one it stands in, those of its location and its server. */
function testsOn(route: Route): readonly MissedTest[] {
  return [...(route.location === null ? [] : missedTests(route.location)), ...missedTests(route.server)];
}

function finding(context: RuleContext, route: Route, { test, operator, negated, missed }: MissedTest): Finding {
  // met, the test would end the handshake that it now lets through
  const ends = !negated && answers(test);
  const breaks = !ends && missed !== 'Firefox' && failsWith(context, route);
  const right = rightFor(operator, capturesUsedIn(route.server));
  return {
    at: test,
    message: `${conditionText(test.directive)} ${negated ? 'is met by' : 'is not met by'} ${missed}'s handshake`,
    why: `${operator.endsWith('*') ? '' : `${operator} respects case; `}browsers send Upgrade: websocket, and ${SENT}`,
    help: `write if ($http_upgrade ${right} websocket)${ends ? ' if handshakes are to be answered here' : ''}`,
    related: [{ at: route.pass, message: 'this route depends on it' }],
    routes: [route],
    ...(breaks ? { breaks: true } : { severity: 'warning' as const }),
    ...(ends ? {} : repair(test, right, breaks && right.includes('*') && !rewrites(test))),
  };
}

/** The block answers by itself, with a redirect or otherwise. */
function answers({ opens }: Setting): boolean {
  const redirects = opens
    ?.own('rewrite')
    .some(({ directive: { args } }) => /^(redirect|permanent)$/.test(args[2] ?? ''));
  return redirects === true || (opens?.own('return').length ?? 0) > 0;
}

/** Handshakes on any path may then be led elsewhere. */
function rewrites(test: Setting): boolean {
  return (test.opens?.own('rewrite').length ?? 0) > 0;
}

/** Met by all that met it before. A regex wipes $1 to $9 out: where they are used an equality stays one. */
function rightFor(operator: string, captures: boolean): string {
  if (operator.endsWith('~')) return `${operator}*`;
  return captures ? operator : operator.replace('=', '~*');
}

function repair(test: Setting, operator: string, safe: boolean): Pick<Finding, 'repairs'> {
  const { words } = test.directive;
  // `($x = y)` is three words, and one more for the bracket behind a quote.
  if (words.length !== 4 && words[4]?.value !== ')') return {};
  const closing = words.length === 4 ? ')' : '';
  return {
    repairs: {
      title: 'test $http_upgrade for what browsers send',
      safety: safe ? 'safe' : 'unsafe',
      repairs: [
        { kind: 'word', setting: test, index: 1, text: '($http_upgrade' },
        { kind: 'word', setting: test, index: 2, text: operator },
        { kind: 'word', setting: test, index: 3, text: `websocket${closing}` },
      ],
    },
  };
}

/** Where no browser's handshake meets the test that leads to the route, what it meets instead decides. */
function failsWith(context: RuleContext, route: Route): boolean {
  if (context.target(route) !== null || route.location === null) return context.handshake(route).outcome === 'fails';
  const { modifier, pattern } = locationWords(route.location);
  if (modifier.startsWith('~') || modifier === '@') return false;
  return context.handshakeAt(route.server, pattern).outcome === 'fails';
}

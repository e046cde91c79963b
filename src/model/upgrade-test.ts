import { once } from '../text/once';
import { branchOf } from './branches';
import { conditionWords } from './condition-words';
import type { Unjudged } from './evidence';
import type { Scope, Setting } from './scope';

/** An `if` on the handshake that holds the route, or stands in its location and does not turn handshakes away. */
export function upgradeTest(route: Unjudged): Setting | null {
  const inner = route.inner?.opener ?? null;
  if (inner !== null && testsUpgrade(inner)) return inner;
  return route.location === null ? null : testIn(route.location);
}

/** Looked for once: a location may hold thousands of `if`, each with a route of its own. */
const testIn = once((location: Scope): Setting | null => {
  const tests = location.own('if');
  return tests.find((one) => testsUpgrade(one) && one.opens?.own('return').length === 0) ?? null;
});

function testsUpgrade(setting: Setting): boolean {
  return setting.directive.name === 'if' && /\$\{?http_upgrade\b/i.test(setting.directive.args.join(' '));
}

/**
 * The `if` of a location that takes every handshake to a backend of its own: of those that hold, nginx goes by the last. What
 * the location itself passes on are plain requests alone.
 */
export const handshakeIf = once((location: Scope): Setting | null => {
  const last = location.own('if').at(-1);
  const ended =
    location.own('break').length > 0 || location.own('rewrite').some(({ directive }) => directive.args[2] === 'break');
  if (last === undefined || ended || branchOf(last) !== null || !holdsForHandshakes(last)) return null;
  return last.opens?.own('proxy_pass').length === 0 ? null : last;
});

/** Browsers send `websocket` in lower case. */
function holdsForHandshakes({ directive }: Setting): boolean {
  const [variable = '', operator, value = ''] = conditionWords(directive.args) ?? [];
  if (!/^\$\{?http_upgrade\}?$/i.test(variable)) return false;
  switch (operator) {
    case undefined:
      return true;
    case '=':
      return value === 'websocket';
    case '!=':
      return value === '';
    case '~':
      return /^\^?websocket\$?$/.test(value);
    case '~*':
      return /^\^?websocket\$?$/i.test(value);
    default:
      return false;
  }
}

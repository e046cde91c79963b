import { once } from '../text/once';
import { branchOf } from './branches';
import { conditionWords } from './condition-words';
import { effective } from './effective';
import type { Unjudged } from './evidence';
import type { Scope, Setting } from './scope';
import { variablesIn } from './template';

/** An `if` on the handshake that holds the route, or stands in its location and does not turn handshakes away. */
export function upgradeTest(route: Unjudged): Setting | null {
  const inner = route.inner?.opener ?? null;
  if (inner !== null && testsUpgrade(inner)) return inner;
  return route.location === null ? null : testIn(route.location);
}

/** Looked for once: a location may hold thousands of `if`, each with a route of its own. */
const testIn = once((location: Scope): Setting | null => {
  const tests = location.own('if');
  return (
    tests.find((one) => testsUpgrade(one) && one.opens?.own('return').length === 0 && counts(one, location)) ?? null
  );
});

/**
 * An `if` that does nothing but `set` counts where the variable goes into what is sent, or into another `if` that passes
 * requests on: others choose what is logged, cached, or let past a login.
 */
function counts(test: Setting, location: Scope): boolean {
  const inside = test.opens?.settings ?? [];
  if (!inside.every(({ directive }) => directive.name === 'set' || directive.name === 'break')) return true;
  const set = new Set(inside.flatMap(({ directive }) => variablesIn(directive.args[0] ?? '')));
  return sentWith(location).some((word) => variablesIn(word).some((name) => set.has(name)));
}

/** Words that say where a location's requests go, and with which headers. */
const sentWith = once((location: Scope): readonly string[] => {
  const passing = location.own('if').filter(({ opens }) => opens?.settings.some(isPass) === true);
  const settings = [location, ...passing.flatMap(({ opens }) => opens ?? [])].flatMap((scope) => [
    ...effective(scope, 'proxy_set_header').settings,
    ...scope.settings.filter(isPass),
  ]);
  return [...settings, ...passing].flatMap(({ directive }) => directive.args);
});

function isPass({ directive }: Setting): boolean {
  return directive.name.endsWith('_pass');
}

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
  // an include that was not read may end the tests, or hold another
  if (last === undefined || ended || location.unread.length > 0) return null;
  if (branchOf(last) !== null || !holdsForHandshakes(last)) return null;
  return last.opens?.own('proxy_pass').length === 0 ? null : last;
});

/** Whether every browser's handshake meets an `if`, and no plain request: browsers send `websocket` in lower case. */
export function holdsForHandshakes({ directive }: Setting): boolean {
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

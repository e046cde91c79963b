import { ask } from '../handshake/ask';
import { firefox } from '../handshake/clients';
import type { Destination } from '../handshake/clients';
import { targetFor } from '../handshake/target';
import { testedVariables } from '../handshake/tested';
import type { Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Configuration } from '../model/scope';
import { once } from '../text/once';
import type { RuleContext } from './rule';

/** What becomes of Firefox's handshake where Chrome's switches; null when it switches too. */
export function failureInFirefox(context: RuleContext, route: Route): Outcome | null {
  const chrome = context.handshake(route);
  const outcome = chrome.outcome === 'switches' ? inFirefox(context, route) : null;
  return outcome?.outcome === 'fails' ? outcome : null;
}

/** Firefox's handshake on the route, where it ends otherwise than Chrome's. */
export function inFirefox(context: RuleContext, route: Route): Outcome | null {
  if (!isTold(context.configuration)) return null; // to look for a target takes time
  const target = targetFor(context.configuration, route);
  return target === null ? null : otherwiseInFirefox(context.configuration, target, context.handshake(route));
}

/** What becomes of Firefox's handshake, where that is not what becomes of Chrome's on the same version; else null. */
export function otherwiseInFirefox(
  configuration: Configuration,
  target: Destination,
  { outcome, status, version }: Outcome,
): Outcome | null {
  if (!isTold(configuration)) return null;
  const other = ask(configuration, requestOf(target), version);
  return other.outcome === outcome && other.status === status ? null : other;
}

const requestOf = once(firefox);

const DIFFERS = ['http_connection', 'http_user_agent', 'http_accept'];

/** Whether an `if` or a map goes by what the two send differently. */
const isTold = once((configuration: Configuration): boolean => {
  const maps = configuration.http?.own('map') ?? [];
  const mapped = maps.some(({ directive }) =>
    /\$\{?http_(connection|user_agent|accept\b)/i.test(directive.args[0] ?? ''),
  );
  return mapped || DIFFERS.some((name) => testedVariables(configuration).has(name));
});

import { firefox } from '../handshake/clients';
import { targetFor } from '../handshake/target';
import type { Outcome } from '../handshake/types';
import type { Route } from '../model/route';
import type { Configuration } from '../model/scope';
import { NEWEST } from '../model/version';
import { once } from '../text/once';
import type { RuleContext } from './rule';

/** What becomes of Firefox's handshake where Chrome's switches and a map may tell them apart; null when it switches. */
export function failureInFirefox(context: RuleContext, route: Route): Outcome | null {
  const { configuration, version } = context;
  if (!isTold(configuration) || context.handshake(route).outcome !== 'switches') return null;
  const target = targetFor(configuration, route);
  if (target === null) return null;
  const outcome = context.simulate(firefox(target), version ?? NEWEST);
  return outcome.outcome === 'fails' ? outcome : null;
}

/** Whether a map goes by what Firefox sends and Chrome does not. */
const isTold = once(({ http }: Configuration): boolean => {
  const maps = http?.own('map') ?? [];
  return maps.some(({ directive }) => /\$\{?http_(connection|user_agent)/i.test(directive.args[0] ?? ''));
});

import type { Configuration } from '../model/scope';
import type { NginxVersion } from '../model/version';
import { once } from '../text/once';
import { isOpen } from './open';
import { simulate } from './simulate';
import type { ClientRequest, Outcome } from './types';

/** The same object each time, so that what was simulated once is known. */
const openRequest = once((request: ClientRequest): ClientRequest => ({ ...request, open: true }));

/**
 * What becomes of a request that a client sends with whatever else it may send. A session's cookie, a token in an argument,
 * a header of the application, a password, a certificate are not in a browser's bare request. Where nginx answers for lack
 * of these, it is told how the request goes on with them; what fails with them as well as without fails.
 */
export function ask(configuration: Configuration, request: ClientRequest, version: NginxVersion): Outcome {
  const outcome = simulate(configuration, request, version);
  if (outcome.outcome !== 'fails' || outcome.upstream !== null || !isOpen(configuration)) return outcome;
  return simulate(configuration, openRequest(request), version);
}

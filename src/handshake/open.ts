import type { Configuration } from '../model/scope';
import { once } from '../text/once';
import { namesUsed } from './flags';
import { originsOf, testedVariables } from './tested';

/** Headers of every handshake, with values that are the same for all browsers as far as configurations look at them. */
const ALIKE_IN_BROWSERS: ReadonlySet<string> = new Set([
  'http_accept_encoding',
  'http_accept_language',
  'http_cache_control',
  'http_connection',
  'http_host',
  'http_pragma',
  'http_sec_websocket_key',
  'http_sec_websocket_version',
  'http_upgrade',
  'http_user_agent',
]);

/** Whether the client has a say in a variable, beyond the URL's path and the handshake itself. */
function isOfClient(variable: string): boolean {
  if (variable.startsWith('http_')) return !ALIKE_IN_BROWSERS.has(variable);
  if (/^(?:cookie|arg|ssl_client)_/.test(variable)) return true;
  return ['args', 'query_string', 'is_args', 'invalid_referer', 'remote_user'].includes(variable);
}

const answers = once((_: Configuration) => new Map<string, boolean>());

/** Whether what an `if` tests is the client's to decide. */
export function clientDecides(configuration: Configuration, variable: string): boolean {
  const known = answers(configuration);
  let answer = known.get(variable);
  if (answer === undefined) known.set(variable, (answer = comesFromClient(configuration, variable)));
  return answer;
}

/** The first that does is enough: what a map makes may be made of thousands. */
function comesFromClient(configuration: Configuration, variable: string): boolean {
  for (const origin of originsOf(configuration, [variable])) if (isOfClient(origin)) return true;
  return false;
}

/** Whether anything in the configuration asks for what clients may send. */
export const isOpen = once((configuration: Configuration): boolean => {
  const used = namesUsed(configuration);
  const asks = used.has('auth_basic') || used.has('ssl_verify_client');
  return asks || [...testedVariables(configuration)].some(isOfClient);
});

import type { Configuration } from '../model/scope';
import { namesUsed } from './flags';
import { originsOf, testedVariables } from './tested';

/** Headers of every handshake, with values that are the same for all browsers as far as configurations look at them. */
const OF_HANDSHAKES: ReadonlySet<string> = new Set([
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
  if (variable.startsWith('http_')) return !OF_HANDSHAKES.has(variable);
  if (/^(?:cookie|arg|ssl_client)_/.test(variable)) return true;
  return (
    variable === 'args' || variable === 'query_string' || variable === 'invalid_referer' || variable === 'remote_user'
  );
}

const decided = new WeakMap<Configuration, Map<string, boolean>>();

/** Whether what an `if` tests is the client's to decide. */
export function clientDecides(configuration: Configuration, variable: string): boolean {
  let known = decided.get(configuration);
  if (known === undefined) decided.set(configuration, (known = new Map<string, boolean>()));
  let answer = known.get(variable);
  if (answer === undefined) {
    known.set(variable, (answer = [...originsOf(configuration, variable)].some(isOfClient)));
  }
  return answer;
}

const opens = new WeakMap<Configuration, boolean>();

/** Whether anything in the configuration asks for what clients may send. */
export function isOpen(configuration: Configuration): boolean {
  let open = opens.get(configuration);
  if (open === undefined) {
    const used = namesUsed(configuration);
    const asks = used.has('auth_basic') || used.has('ssl_verify_client');
    opens.set(configuration, (open = asks || [...testedVariables(configuration)].some(isOfClient)));
  }
  return open;
}

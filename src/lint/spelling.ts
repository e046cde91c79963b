import { definedVariables, definingSettings } from '../model/defining-settings';
import { nearest } from '../model/distance';
import type { Configuration } from '../model/scope';
import { isUndefinedVariable } from './variables';

/** Request headers that configurations read, as variables. */
const HEADER_VARIABLES: ReadonlySet<string> = new Set(
  `upgrade connection host origin cookie authorization referer user_agent accept accept_encoding accept_language cache_control
  content_type x_forwarded_for x_forwarded_proto x_forwarded_host x_forwarded_port x_forwarded_ssl x_forwarded_scheme x_real_ip
  x_request_id x_scheme sec_websocket_key sec_websocket_version sec_websocket_protocol sec_websocket_extensions sec_websocket_accept
  cf_connecting_ip cf_visitor cf_ray true_client_ip via range if_range dnt te pragma x_api_key x_auth_token http2_settings`
    .split(/\s+/)
    .map((name) => `http_${name}`),
);

/** Variables that belong in a handshake's headers: a name near one of these is taken for it. */
const HANDSHAKE_VARIABLES = [
  'http_upgrade',
  'http_connection',
  'http_host',
  'http_origin',
  'http_sec_websocket_key',
  'http_sec_websocket_version',
  'http_sec_websocket_protocol',
  'http_sec_websocket_extensions',
];

/**
 * The variable that was meant by a name one or two edits from one that belongs in a handshake: `$http_<anything>` is
 * valid in nginx and empty unless a client sends such a header (ngx_http_variables.c, prefix variables). Null when the
 * name is right, or too far from any. `header` is the one that it is sent in.
 */
export function misspeltVariable(configuration: Configuration, variable: string, header = ''): string | null {
  const name = variable.toLowerCase();
  // `Upgrade $upgrade`: no map could give what the client asked for better
  if (header.toLowerCase() === 'upgrade' && isUndefinedVariable(configuration, name) && nearest(name, ['upgrade'], 1))
    return 'http_upgrade';
  if (HEADER_VARIABLES.has(name) || definingSettings(configuration, name).length > 0) return null;
  if (name.startsWith('http_')) return nearest(name, HANDSHAKE_VARIABLES, 2);
  // nginx refuses any other name that nothing defines; a near one says what was meant.
  const known = [
    ...HANDSHAKE_VARIABLES,
    ...[...definedVariables(configuration)].filter((defined) => defined.length > 4),
  ];
  return nearest(name, known, 2);
}

/** Whether a header's name (lower case) is another's with a slip in it, or with the colon of a header line. */
export function isMisspeltHeader(name: string, meant: string): boolean {
  const bare = name.replace(/:+$/, '');
  return bare === meant ? name !== meant : nearest(bare, [meant], 2) !== null;
}

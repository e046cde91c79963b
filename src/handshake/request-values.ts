import { SINCE } from '../model/version';
import { isKnown, unknown } from '../model/value';
import type { Value } from '../model/value';
import type { Run } from './run';

/** Headers of which nginx below 1.23 joins several lines; of all others it takes the first. */
const ALWAYS_JOINED: ReadonlySet<string> = new Set(['x_forwarded_for', 'cookie']);

/** `$http_<name>`: the name in lower case with `_` for `-`. Several lines are joined from 1.23.0 on. */
export function headerValue(run: Pick<Run, 'headers' | 'nginx'>, name: string): string | null {
  const values: string[] = [];
  for (const header of run.headers) {
    const key = header[0];
    if (key.length === name.length && key.toLowerCase().replaceAll('-', '_') === name) values.push(header[1]);
  }
  if (values.length <= 1) return values[0] ?? null;
  if (!ALWAYS_JOINED.has(name) && !run.nginx.since(SINCE.headersJoined)) return values[0] ?? null;
  return values.join(name === 'cookie' ? '; ' : ', ');
}

/** `$arg_<name>` (ngx_http_arg): the first `name=` at the start or after `&`, the name in any case. */
export function argument(args: Value, name: string): Value {
  if (!isKnown(args)) return unknown(args.unknown);
  if (name === '') return '';
  for (const pair of args.split('&')) {
    if (pair[name.length] === '=' && pair.slice(0, name.length).toLowerCase() === name)
      return pair.slice(name.length + 1);
  }
  return '';
}

/** `$cookie_<name>`: names in any case. */
export function cookie(run: Pick<Run, 'headers' | 'nginx'>, name: string): string {
  for (const [key, value] of run.headers) {
    if (key.toLowerCase() !== 'cookie') continue;
    for (const pair of value.split(/[;,]\s*/)) {
      const equals = pair.indexOf('=');
      if (equals > 0 && pair.slice(0, equals).trim().toLowerCase() === name) return pair.slice(equals + 1).trim();
    }
  }
  return '';
}

import { definingSettings } from '../model/defining-settings';
import { variablesIn } from '../model/evidence';
import type { Configuration, Scope, Setting } from '../model/scope';
import { conditionOf } from './condition';
import type { Destination } from './clients';
import type { Header } from './types';

/** What proxies and load balancers that speak TLS to clients tell the server behind them, by nginx's variable. */
const TOLD: ReadonlyMap<string, Header> = new Map([
  ['http_cf_visitor', ['CF-Visitor', '{"scheme":"https"}']],
  ['http_cloudfront_forwarded_proto', ['CloudFront-Forwarded-Proto', 'https']],
  ['http_front_end_https', ['Front-End-Https', 'on']],
  ['http_x_forwarded_proto', ['X-Forwarded-Proto', 'https']],
  ['http_x_forwarded_protocol', ['X-Forwarded-Protocol', 'https']],
  ['http_x_forwarded_scheme', ['X-Forwarded-Scheme', 'https']],
  ['http_x_forwarded_ssl', ['X-Forwarded-Ssl', 'on']],
  ['http_x_scheme', ['X-Scheme', 'https']],
  ['http_x_url_scheme', ['X-Url-Scheme', 'https']],
]);

const known = new WeakMap<Configuration, readonly Header[]>();

/**
 * A configuration whose `if` goes by X-Forwarded-Proto stands behind a proxy that sets it, and browsers come to that
 * proxy by wss: its handshakes carry the header. Without it the redirect to https, which is meant for others, would count
 * as a failure. Only what is tested is sent: elsewhere handshakes are those of a browser that comes directly.
 */
export function throughProxy(configuration: Configuration, destination: Destination): Destination {
  const forwarded = forwardedHeaders(configuration);
  return forwarded.length === 0 ? destination : { ...destination, forwarded };
}

function forwardedHeaders(configuration: Configuration): readonly Header[] {
  let headers = known.get(configuration);
  if (headers === undefined) {
    const tested = testedVariables(configuration);
    headers = [...TOLD].flatMap(([variable, header]) => (tested.has(variable) ? [header] : []));
    known.set(configuration, headers);
  }
  return headers;
}

/** Variables that an `if` tests, and those that these are made of by map and set. */
function testedVariables(configuration: Configuration): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = conditionsIn(configuration.http).map((setting) => conditionOf(setting)?.variable ?? '');
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '' || found.has(name)) continue;
    found.add(name);
    for (const setting of definingSettings(configuration, name)) pending.push(...madeOf(setting));
  }
  return found;
}

function conditionsIn(http: Scope | null): readonly Setting[] {
  const found: Setting[] = [];
  const pending: Scope[] = http === null ? [] : [http];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope.kind === 'if' && scope.opener !== null) found.push(scope.opener);
    for (const child of scope.children) if (child.kind !== 'table') pending.push(child);
  }
  return found;
}

function madeOf({ directive, opens }: Setting): readonly string[] {
  const values = opens?.settings.flatMap((entry) => entry.directive.args) ?? [];
  return [...directive.args, ...values].flatMap(variablesIn);
}

import { locationWords } from '../model/location-words';
import { passAddress, proxyPassAddress } from '../model/pass-address';
import type { PassAddress } from '../model/pass-address';
import type { Configuration, Scope, Setting } from '../model/scope';
import { argument, argumentTemplate, wordBytes } from '../model/template';
import { isKnown, toBytes, unknown } from '../model/value';
import type { Value } from '../model/value';
import { evaluate } from '../model/variables';
import { effective } from '../model/effective';
import { once } from '../text/once';
import { PASSES } from './location';
import { answer, fault } from './run';
import type { Move, Run } from './run';
import type { Fault } from './types';

/** Where a proxy_pass leads (ngx_http_proxy_vars_t). */
export interface BackendUrl {
  /** `$proxy_host`: the name, with the port unless it is the scheme's own. */
  readonly host: Value;
  readonly port: Value;
  /** The name or address without port, `unix:` before a socket; null when it is not known. */
  readonly name: string | null;
  /** The URI part; empty when there is none. */
  readonly uri: Value;
  /** proxy_pass holds variables: a URI part then replaces the request's whole. */
  readonly variable: boolean;
  /** Why it is not known where this leads; null when it is. */
  readonly unknown: string | null;
  /** No resolver finds the name: nginx makes the request, and answers 502. */
  readonly unresolved: Fault | null;
}

export type Backend = { readonly url: BackendUrl } | { readonly failed: Move };

/** The URL that a proxy_pass names for this request, or the answer nginx gives at once when it names none. */
export function backendUrl(run: Run, pass: Setting): Backend {
  const template = argumentTemplate(pass, 0);
  const text = evaluate(template, run);
  const variable = template.constant === null;
  if (!isKnown(text)) {
    const reason = `where proxy_pass ${template.source} leads: ${text.unknown}`;
    const value = unknown(reason, true);
    return {
      url: {
        host: value,
        port: value,
        name: null,
        uri: writtenUri(template.source),
        variable,
        unknown: reason,
        unresolved: null,
      },
    };
  }
  const secure = /^https:\/\/./i.test(text);
  if (!secure && !/^http:\/\/./i.test(text)) return badScheme(pass, text, variable);
  const parsed = parseUrl(text.slice(secure ? 8 : 7));
  if (parsed === null) return serverError(pass, `no host in proxy_pass ${text}`);
  const ownPort = secure ? '443' : '80';
  const reachable = !variable || isReachable(run, parsed, ownPort);
  return {
    url: {
      host: hostOf(parsed, ownPort),
      port: parsed.unix ? '' : (parsed.port ?? ownPort),
      name: parsed.unix ? 'unix:' : parsed.host,
      uri: variable && parsed.uri.startsWith('?') ? `/${parsed.uri}` : parsed.uri,
      variable,
      unknown: reachable === null ? 'a resolver could stand in an include that was not read' : null,
      unresolved: reachable === false ? noResolver(pass, parsed.host) : null,
    },
  };
}

/** `$proxy_host` (ngx_http_proxy_set_vars). */
function hostOf({ host, port, unix }: PassAddress, ownPort: string): string {
  if (unix) return 'localhost';
  return port === null || Number(port) === Number(ownPort) ? host : `${host}:${port}`;
}

/** Whether a URL that is not known has a URI part: what stands after the host as written tells, if anything. */
function writtenUri(source: string): Value {
  const uri = proxyPassAddress(source)?.uri ?? '';
  return uri === '' ? '' : unknown('the URI of proxy_pass is known at run time only', true);
}

function badScheme(pass: Setting, text: string, variable: boolean): Backend {
  const detail = `invalid URL prefix in "${text}"${variable ? ': 500' : ''}`;
  return { failed: answer(500, fault('bad-scheme', pass, detail)) };
}

function serverError(pass: Setting, detail: string): Backend {
  return { failed: answer(500, fault('server-error', pass, `${detail}: 500`)) };
}

function noResolver(pass: Setting, host: string): Fault {
  return fault('no-resolver', pass, `no resolver defined to resolve ${host}`);
}

function parseUrl(text: string): PassAddress | null {
  const address = passAddress(text);
  const port = address?.port ?? null;
  return port === null || /^\d{1,5}$/.test(port) ? address : null;
}

/**
 * A name from a variable must be an address, an upstream that nginx knows, or resolvable: /etc/hosts is not asked. null
 * when an include that was not read decides.
 */
function isReachable(run: Run, { host, port, unix }: PassAddress, ownPort: string): boolean | null {
  if (unix || /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')) return true;
  const known = upstreamNames(run.configuration);
  const name = host.toLowerCase();
  if (port === null && known.has(name)) return true;
  if (known.has(`${name}:${Number(port ?? ownPort)}`)) return true;
  const { origin, settings } = effective(run.scope, 'resolver');
  return origin === 'unknown' ? null : settings.length > 0;
}

/**
 * What nginx finds without a resolver: names of upstream blocks (without a port), and `host:port` of every pass that is
 * written without variables, which it resolves when it starts (ngx_http_upstream_add).
 */
const upstreamNames = once(collectNames);

function collectNames(configuration: Configuration): ReadonlySet<string> {
  const names = new Set<string>();
  const stack: Scope[] = configuration.http === null ? [] : [configuration.http];
  for (let scope = stack.pop(); scope !== undefined; scope = stack.pop()) {
    if (scope.kind === 'upstream') names.add(toBytes(scope.opener?.directive.args[0] ?? '').toLowerCase());
    for (const name of PASSES) for (const pass of scope.own(name)) addLiteral(argument(pass, 0), names);
    for (const each of scope.children) stack.push(each);
  }
  return names;
}

function addLiteral(url: string, names: Set<string>): void {
  if (url.includes('$')) return;
  const parsed = parseUrl(url.replace(/^https?:\/\//i, ''));
  if (parsed === null || parsed.unix) return;
  names.add(`${parsed.host.toLowerCase()}:${Number(parsed.port ?? (/^https:/i.test(url) ? 443 : 80))}`);
}

/** Name of a location without its modifier, as a byte string; empty for regex and named locations. */
export function locationName(scope: Scope): string {
  if (scope.opener === null || scope.kind !== 'location') return '';
  const { modifier, pattern } = locationWords(scope);
  return modifier.startsWith('~') || modifier === '@' ? '' : wordBytes(scope.opener, pattern);
}

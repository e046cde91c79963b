import { compileRegex, isRegex, matchRegex } from '../model/regex/regex';
import type { Configuration, Scope } from '../model/scope';
import { toBytes } from '../model/value';
import { hostHeader } from './clients';
import type { Destination } from './clients';
import { throughProxy } from './forwarded';
import { isStreamPort, throughStream } from './stream';
import { portsOf } from './target-entrances';
import type { Port } from './target-entrances';
import type { Header } from './types';

/** A ws(s):// or http(s):// URL taken apart, as a browser reads it. */
export interface AskedUrl {
  readonly scheme: 'http' | 'https';
  /** Lower case; IPv6 in brackets. */
  readonly host: string;
  /** Null: not given. */
  readonly port: number | null;
  /** Path and query as sent, never empty. */
  readonly target: string;
}

const URL_PARTS = /^(wss?|https?):\/\/([^/?#\\]*)([^#]*)/i;

/** What is wrong with it, in words, when it is no such URL. */
export function readUrl(text: string): AskedUrl | { readonly error: string } {
  const [, scheme = '', authority = '', rest = ''] = URL_PARTS.exec(text) ?? [];
  if (scheme === '') return { error: 'a URL starts with ws://, wss://, http:// or https://' };
  const hostPart = authority.slice(authority.lastIndexOf('@') + 1);
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{0,5}))?$/i.exec(hostPart);
  if (match === null) return { error: `no host and port: ${JSON.stringify(hostPart)}` };
  const port = match[2] === undefined || match[2] === '' ? null : Number(match[2]);
  if (port !== null && (port < 1 || port > 65535)) return { error: `no port: ${match[2]}` };
  const host = asciiHost(match[1] ?? '');
  if (host === null) return { error: `no host name: ${JSON.stringify(match[1])}` };
  const target = escapeTarget(rest.startsWith('/') ? rest : `/${rest}`);
  return { scheme: /^(wss|https)$/i.test(scheme) ? 'https' : 'http', host, port, target };
}

/** As a browser sends it: letters beyond ASCII in Punycode. */
function asciiHost(host: string): string | null {
  if (/^[\x21-\x7e]+$/.test(host)) return host.toLowerCase();
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return null;
  }
}

/** Browsers escape blanks, quotes, angle brackets and what is not ASCII; everything else goes as written. */
function escapeTarget(target: string): string {
  return toBytes(target).replace(/[^\x21\x23-\x3b\x3d\x3f-\x7e]/g, (unit) => {
    return `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

export interface ChosenDestination {
  readonly destination: Destination;
  /** Why this port, and which others there are, where the URL does not say; what a proxy in front adds. */
  readonly notes: readonly string[];
}

interface Candidate extends Port {
  readonly rank: number;
}

/**
 * Where a URL leads in this configuration. Without a port it is the scheme's own; when no server listens there, a port
 * with TLS for wss and any for ws, of the server whose name fits best, the lowest of those.
 */
export function destinationOf(url: AskedUrl, configuration: Configuration): ChosenDestination {
  const own = url.scheme === 'https' ? 443 : 80;
  const servers = configuration.http?.children.filter(({ kind }) => kind === 'server') ?? [];
  const candidates = servers.flatMap((server) => {
    const rank = rankOf(server, url.host);
    return portsOf(configuration, server).map((port) => ({ ...port, rank }));
  });
  const at = (port: number, ...notes: string[]): ChosenDestination => {
    const host = hostHeader(url.scheme, url.host, port);
    const hop = throughStream(configuration, { scheme: url.scheme, host: url.host, port });
    const entered = { scheme: url.scheme, host, port, target: url.target, ...hop };
    const destination = throughProxy(configuration, entered);
    if (hop !== null) notes.push(`a stream server passes the connections of port ${port} on to port ${hop.port}`);
    return { destination, notes: [...notes, ...(destination.forwarded ?? []).map(whyForwarded)] };
  };
  if (url.port !== null) return at(url.port);
  if (isStreamPort(configuration, own) || candidates.some(({ port }) => port === own)) return at(own);
  const fit = candidates.filter(({ scheme }) => url.scheme === 'http' || scheme === 'https').sort(byFit);
  const [best] = fit;
  return best === undefined ? at(own) : at(best.port, whyPort(own, best, fit));
}

function whyForwarded([name, value]: Header): string {
  return `${name}: ${value} is taken to come from a proxy in front, as an if tests it`;
}

function byFit(a: Candidate, b: Candidate): number {
  return b.rank - a.rank || a.port - b.port;
}

function whyPort(own: number, best: Candidate, fit: readonly Candidate[]): string {
  const others = [...new Set(fit.map(({ port }) => port))].filter((port) => port !== best.port).sort((a, b) => a - b);
  const rest = others.length === 0 ? '' : `; other ports: ${others.join(', ')}`;
  return `no server listens on port ${own}; port ${best.port} is taken for it${rest}`;
}

/** How well a server's names fit: exact, leading wildcard, trailing wildcard, regex, not at all. */
function rankOf(server: Scope, host: string): number {
  const names = server.own('server_name').flatMap(({ directive }) => directive.args);
  return names.reduce((best, name) => Math.max(best, rankOfName(name, host)), 0);
}

function rankOfName(name: string, host: string): number {
  if (name.startsWith('~')) {
    const regex = compileRegex(name.slice(1), true);
    return isRegex(regex) && matchRegex(regex, host) !== null ? 1 : 0;
  }
  const plain = name.toLowerCase();
  if (plain === host || plain === `.${host}`) return 4;
  if (plain.startsWith('*.')) return host.endsWith(plain.slice(1)) ? 3 : 0;
  if (plain.startsWith('.')) return host.endsWith(plain) ? 3 : 0;
  return plain.endsWith('.*') && host.startsWith(plain.slice(0, -1)) ? 2 : 0;
}

import { strongSegment } from '../model/endpoints';
import { isStaticFile } from '../model/static-files';
import type { AccessLine } from './types';

/**
 * Whether a line is about a WebSocket handshake, which the usual formats do not say. `sure`: it logs the Upgrade
 * header, or the request names its transport. `likely`: the path is an endpoint's. `polling`: the fallback of
 * Socket.IO and its kind, on the same path.
 */
export type Meant = 'sure' | 'likely' | 'polling' | 'no';

export function meantBy(line: AccessLine, known: (path: string) => boolean): Meant {
  if (line.target === null) return 'no';
  if (line.upgrade !== null) return line.upgrade.toLowerCase() === 'websocket' ? 'sure' : 'no';
  const { path, query } = splitTarget(line.target);
  if (/(^|&)transport=websocket(&|$)/.test(query)) return 'sure';
  if (/(^|&)transport=polling(&|$)/.test(query)) return 'polling';
  if (line.method !== null && line.method !== 'GET') return 'no';
  return known(path) || isEndpoint(path) ? 'likely' : 'no';
}

/** The path is a known kind of endpoint, and not a page or file beside one. */
export function isEndpoint(path: string): boolean {
  return strongSegment('', path) !== null && !isStaticFile(path);
}

/** Endpoints that answer plain requests too: a 200 there says nothing. */
export function isShared(path: string): boolean {
  return /socket\.io|engine\.io|sockjs|signalr/i.test(path) && !/\/websocket\/?$/i.test(path);
}

export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, query: '' } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

/** The client is known to have sent no Upgrade: it is logged, or HTTP/2 has no such header. */
export function isWithoutUpgrade({ upgrade }: AccessLine): boolean {
  return upgrade === '-' || upgrade === '';
}

/** The backend answered 101 to a request that asked for none: nginx opens no tunnel for it. */
export function isSwallowed(line: AccessLine): boolean {
  return isWithoutUpgrade(line) && (line.status === 101 || line.upstreamStatus === '101');
}

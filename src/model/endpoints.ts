/** Path segments that name a WebSocket endpoint wherever they stand (design 1.3; frequencies: docs/knowledge). */
const STRONG: ReadonlySet<string> = new Set([
  'ws',
  'wss',
  'websocket',
  'websockets',
  'web-socket',
  'web-sockets',
  'web_socket',
  'socket.io',
  'engine.io',
  'cable',
  'websockify',
  'sockjs',
  'sockjs-node',
  'signalr',
  'xmpp-websocket',
  'colibri-ws',
  'ws-assist',
  'websocket-tunnel',
  'embywebsocket',
  'vncwebsocket',
]);

/** Behind an endpoint's name, what plain requests ask for: SignalR's POST before the handshake, probes. */
const PLAIN: ReadonlySet<string> = new Set([
  'negotiate',
  'health',
  'healthz',
  'healthcheck',
  'health-check',
  'health_check',
  'livez',
  'readyz',
  'metrics',
]);

/** The same, as a rule: a few are endpoints of their own, so only beside a location that serves the endpoint itself. */
const ASIDE: ReadonlySet<string> = new Set([
  'admin',
  'info',
  'liveness',
  'ping',
  'readiness',
  'ready',
  'reload',
  'stats',
  'status',
  'version',
]);

/** Words that occur in WebSocket paths and as often in others: a hint, never evidence. */
const WEAK: ReadonlySet<string> = new Set([
  'live',
  'hub',
  'hubs',
  'stream',
  'streaming',
  'events',
  'notifications',
  'graphql',
  'socket',
  'push',
  'realtime',
  'subscriptions',
  'chat',
]);

/** The first whole segment of a location's pattern that names a WebSocket endpoint; null for none. */
export function strongSegment(modifier: string, pattern: string): string | null {
  if (isPlain(modifier, pattern)) return null;
  return segments(modifier, pattern).find((segment) => STRONG.has(segment)) ?? null;
}

/** Whether it ends in a word that plain requests ask for, whatever stands before it. */
export function isPlain(modifier: string, pattern: string): boolean {
  return endsInOne(modifier, pattern) && PLAIN.has(segments(modifier, pattern).at(-1) ?? '');
}

/** Whether behind the endpoint's name stands a word that is asked for plainly, where another location serves the endpoint. */
export function isAside(modifier: string, pattern: string): boolean {
  const all = segments(modifier, pattern);
  const below = all.slice(all.findIndex((segment) => STRONG.has(segment)) + 1);
  return endsInOne(modifier, pattern) && below.length < all.length && below.some((segment) => ASIDE.has(segment));
}

/** Prefixes, and a regex without alternatives: of `^/ws(/health)?$` the endpoint itself is a part. */
function endsInOne(modifier: string, pattern: string): boolean {
  return !modifier.startsWith('~') || !/[|?*{]/.test(pattern.replace(/(?:\/\?|\(\/\|\$\)|\$)+$/, ''));
}

export function weakSegment(modifier: string, pattern: string): string | null {
  return segments(modifier, pattern).find((segment) => WEAK.has(segment)) ?? null;
}

/** Whether a name (of an upstream, a host, a variable) holds a WebSocket word as a whole word. */
export function namesWebSocket(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => word === 'ws' || word === 'wss' || word === 'websocket' || word === 'websockets');
}

function segments(modifier: string, pattern: string): readonly string[] {
  const text = pattern.toLowerCase();
  if (modifier === '@') return [text.replace(/^@/, '')];
  if (modifier !== '~' && modifier !== '~*') return text.split('/').filter((segment) => segment !== '');
  // Of a regex, what is literal between slashes, anchors, groups and alternatives; `\.` is a dot.
  return text
    .replace(/\\([./-])/g, '$1')
    .split(/[/^$()|?]+/)
    .filter((segment) => /^[\w.-]+$/.test(segment));
}

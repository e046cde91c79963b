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
  return segments(modifier, pattern).find((segment) => STRONG.has(segment)) ?? null;
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

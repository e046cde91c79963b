import { locationWords } from './location-words';
import type { LocationModifier } from './location-words';
import { compileRegex, isRegex, matchRegex } from './regex/regex';
import type { Scope } from './scope';

/** What is known of an application behind nginx. Used to raise confidence and to word advice, never to accuse. */
export interface Product {
  readonly name: string;
  /**
   * Paths of its WebSocket endpoints; `*` is any one segment. With `anywhere` they count below any prefix as well
   * (`/app/socket.io/`).
   */
  readonly paths: readonly string[];
  readonly anywhere?: boolean;
  /** False where the path is a word that others use as well: then it is a hint alone. */
  readonly certain: boolean;
  /** The longest time between two pings of either side, in milliseconds; null: none, or not known. */
  readonly ping: number | null;
  /** What clients fall back to: polling needs the same backend each time, a stream must not be buffered. */
  readonly fallback: 'polling' | 'stream' | null;
  /** The backend compares Origin with Host. */
  readonly checksOrigin?: boolean;
  /** The token in Upgrade, where it is not `websocket`. */
  readonly protocol?: string;
  /** Where the entry comes from. */
  readonly source: string;
}

const SECOND = 1000;

export const PRODUCTS: readonly Product[] = [
  {
    name: 'Socket.IO',
    paths: ['/socket.io'],
    anywhere: true,
    certain: true,
    ping: 25 * SECOND,
    fallback: 'polling',
    source: 'socket.io documentation v4: pingInterval 25 s; "Using multiple nodes"',
  },
  {
    name: 'Engine.IO',
    paths: ['/engine.io'],
    anywhere: true,
    certain: true,
    ping: 25 * SECOND,
    fallback: 'polling',
    source: 'engine.io protocol, v4',
  },
  {
    name: 'SockJS',
    paths: ['/sockjs', '/sockjs-node', '/__sockjs__'],
    anywhere: true,
    certain: true,
    ping: 25 * SECOND,
    fallback: 'stream',
    source: 'sockjs-node: heartbeat_delay 25 s; Meteor, OctoPrint, webpack-dev-server 3',
  },
  {
    name: 'Action Cable',
    paths: ['/cable', '/-/cable'],
    anywhere: true,
    certain: true,
    ping: 3 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'rails actioncable: BEAT_INTERVAL 3 s; allowed_request_origins',
  },
  {
    name: 'Phoenix LiveView',
    paths: ['/live/websocket', '/live/longpoll'],
    certain: true,
    ping: 30 * SECOND,
    fallback: 'polling',
    checksOrigin: true,
    source: 'phoenix_live_view socket: heartbeat 30 s; check_origin',
  },
  {
    name: 'Phoenix',
    paths: ['/socket/websocket', '/phoenix/live_reload/socket/websocket'],
    certain: true,
    ping: 30 * SECOND,
    fallback: 'polling',
    checksOrigin: true,
    source: 'phoenix.js: heartbeatIntervalMs 30000',
  },
  {
    name: 'SignalR',
    paths: ['/signalr', '/signalr/connect', '/_blazor'],
    anywhere: true,
    certain: true,
    ping: 15 * SECOND,
    fallback: 'stream',
    source: 'ASP.NET Core SignalR: KeepAliveInterval 15 s; scale.md',
  },
  {
    name: 'Vaultwarden',
    paths: ['/notifications/hub', '/notifications/anonymous-hub'],
    certain: true,
    ping: 15 * SECOND,
    fallback: null,
    source: 'vaultwarden notifications.rs: ping every 15 s',
  },
  {
    name: 'Home Assistant',
    paths: ['/api/websocket'],
    certain: true,
    ping: 55 * SECOND,
    fallback: null,
    source: 'home-assistant core, websocket_api/http.py: heartbeat 55 s',
  },
  {
    name: 'Grafana',
    paths: ['/api/live', '/api/live/ws', '/api/datasources/proxy/*/loki/api/v1/tail'],
    certain: true,
    ping: 25 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'grafana tutorial "Run Grafana behind a reverse proxy"; Grafana Live is centrifuge',
  },
  {
    name: 'Mattermost',
    paths: ['/api/v4/websocket', '/api/v4/users/websocket'],
    certain: true,
    ping: 60 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'Mattermost documentation, nginx: proxy_read_timeout 90 against a ping of 60 s',
  },
  {
    name: 'Mastodon',
    paths: ['/api/v1/streaming'],
    certain: true,
    ping: 30 * SECOND,
    fallback: 'stream',
    source: 'mastodon dist/nginx.conf; streaming/index.js: a heartbeat every 30 s',
  },
  {
    name: 'Streamlit',
    paths: ['/_stcore/stream'],
    anywhere: true,
    certain: true,
    ping: 30 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'streamlit server: websocket_ping_interval',
  },
  {
    name: 'Jupyter',
    paths: ['/api/kernels/*/channels', '/terminals/websocket'],
    anywhere: true,
    certain: true,
    ping: 30 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'jupyter_server: ws_ping_interval 30 s',
  },
  {
    name: 'Jitsi Meet',
    paths: ['/xmpp-websocket', '/colibri-ws', '/rtcstats-ws'],
    anywhere: true,
    certain: true,
    ping: 10 * SECOND,
    fallback: 'polling',
    source: 'docker-jitsi-meet, meet.conf',
  },
  {
    name: 'Centrifugo',
    paths: ['/connection/websocket', '/connection/uni_websocket'],
    anywhere: true,
    certain: true,
    ping: 25 * SECOND,
    fallback: null,
    source: 'centrifugal.dev: ping 25 s; no affinity is needed',
  },
  {
    name: 'noVNC',
    paths: ['/websockify'],
    anywhere: true,
    certain: true,
    ping: null,
    fallback: null,
    source: 'noVNC wiki, Proxying with nginx: proxy_read_timeout 61s',
  },
  {
    name: 'Proxmox VE',
    paths: ['/api2/json/nodes/*/qemu/*/vncwebsocket', '/api2/json/nodes/*/lxc/*/vncwebsocket'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'Proxmox VE API viewer',
  },
  {
    name: 'Next.js',
    paths: ['/_next/webpack-hmr'],
    anywhere: true,
    certain: true,
    ping: null,
    fallback: null,
    source: 'Next.js, "Upgrade to version 12"',
  },
  {
    name: 'n8n',
    paths: ['/rest/push'],
    certain: true,
    ping: null,
    fallback: 'stream',
    checksOrigin: true,
    source: 'n8n: N8N_PUSH_BACKEND; Origin is compared',
  },
  {
    name: 'Cockpit',
    paths: ['/cockpit/socket'],
    certain: true,
    ping: 30 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'cockpit doc/urls.md; cockpit.conf Origins',
  },
  {
    name: 'Portainer',
    paths: ['/api/websocket/exec', '/api/websocket/attach', '/api/websocket/pod'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'portainer api/http/handler',
  },
  {
    name: 'Nextcloud Talk',
    paths: ['/standalone-signaling/spreed'],
    certain: true,
    ping: 54 * SECOND,
    fallback: null,
    source: 'nextcloud-spreed-signaling README and client.go',
  },
  {
    name: 'Collabora Online',
    paths: ['/cool/*/ws', '/lool/*/ws'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'Collabora Online: proxy settings for nginx',
  },
  {
    name: 'Guacamole',
    paths: ['/guacamole/websocket-tunnel', '/websocket-tunnel'],
    certain: true,
    ping: 5 * SECOND,
    fallback: 'stream',
    source: 'Apache Guacamole manual, Proxying Guacamole',
  },
  {
    name: 'Emby',
    paths: ['/embywebsocket'],
    anywhere: true,
    certain: true,
    ping: null,
    fallback: null,
    source: 'Emby server: reverse proxy guides',
  },
  {
    name: 'Plex',
    paths: ['/:/websockets/notifications'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'Plex Media Server: reverse proxy guides',
  },
  {
    name: 'Frigate',
    paths: ['/live/mse/api/ws', '/live/webrtc/api/ws', '/live/jsmpeg'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'frigate, nginx.conf of the image',
  },
  {
    name: 'authentik',
    paths: ['/ws/client', '/ws/outpost'],
    certain: true,
    ping: null,
    fallback: null,
    source: 'authentik documentation, Reverse proxy',
  },
  {
    name: 'OpenReplay',
    paths: ['/ws-assist'],
    certain: true,
    ping: 25 * SECOND,
    fallback: 'polling',
    source: 'openreplay, nginx configuration of the chart',
  },
  {
    name: 'Headscale',
    paths: ['/ts2021'],
    certain: true,
    ping: null,
    fallback: null,
    protocol: 'tailscale-control-protocol',
    source: 'headscale documentation, Running headscale behind a reverse proxy',
  },
  // Words that others use as well.
  {
    name: 'Gotify',
    paths: ['/stream'],
    certain: false,
    ping: 45 * SECOND,
    fallback: null,
    checksOrigin: true,
    source: 'gotify/website: nginx; streampingperiodseconds 45',
  },
  {
    name: 'Jellyfin',
    paths: ['/socket'],
    certain: false,
    ping: null,
    fallback: null,
    source: 'Jellyfin documentation, nginx',
  },
  {
    name: 'Node-RED',
    paths: ['/comms'],
    certain: false,
    ping: 15 * SECOND,
    fallback: null,
    source: 'node-red editor-api, comms',
  },
  { name: 'Misskey', paths: ['/streaming'], certain: false, ping: null, fallback: null, source: 'misskey-hub, nginx' },
  {
    name: 'Nextcloud notify_push',
    paths: ['/push'],
    certain: false,
    ping: 30 * SECOND,
    fallback: null,
    source: 'nextcloud/notify_push README',
  },
  {
    name: 'Odoo',
    paths: ['/websocket', '/longpolling'],
    certain: false,
    ping: null,
    fallback: 'polling',
    source: 'Odoo documentation, System configuration: port 8072',
  },
  {
    name: 'Pusher protocol (Reverb, soketi)',
    paths: ['/app'],
    certain: false,
    ping: 60 * SECOND,
    fallback: null,
    source: 'Laravel Reverb: ping_interval 60 s',
  },
  {
    name: 'graphql-ws',
    paths: ['/graphql'],
    certain: false,
    ping: null,
    fallback: null,
    source: 'graphql-ws documentation',
  },
  {
    name: 'MinIO Console',
    paths: ['/ws'],
    certain: false,
    ping: null,
    fallback: null,
    source: 'MinIO documentation, nginx',
  },
  { name: 'ttyd', paths: ['/ws'], certain: false, ping: 5 * SECOND, fallback: null, source: 'ttyd, --ping-interval 5' },
];

const byName = new Map(PRODUCTS.map((product) => [product.name, product]));

/** The product of this name; null for none. */
export function productNamed(name: string | null): Product | null {
  return name === null ? null : (byName.get(name) ?? null);
}

/** Name of the product whose WebSocket endpoint the location certainly is; null for none known. */
export function productOf(location: Scope): string | null {
  return productsAt(location).find(({ certain }) => certain)?.name ?? null;
}

/** Products whose endpoint it could be, going by a word that others use as well. */
export function possibleProducts(location: Scope): readonly Product[] {
  return productsAt(location).filter(({ certain }) => !certain);
}

/** By modifier and pattern: 2,000 servers have the same few locations. */
const known = new Map<string, readonly Product[]>();
const MOST_KNOWN = 5_000;

function productsAt(location: Scope): readonly Product[] {
  const { modifier, pattern } = locationWords(location);
  const key = `${modifier} ${pattern}`;
  let found = known.get(key);
  if (found === undefined) {
    found = findProducts(modifier, pattern);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
  }
  return found;
}

function findProducts(modifier: LocationModifier, pattern: string): readonly Product[] {
  if (modifier === '@' || pattern === '') return [];
  if (modifier.startsWith('~')) {
    return PRODUCTS.filter(({ paths }) => paths.some((path) => accepts(modifier, pattern, path)));
  }
  const given = segmentsOf(pattern.toLowerCase());
  return PRODUCTS.filter((product) => segmentsFor(product).some((wanted) => covers(product, wanted, given)));
}

/** A regex that names the endpoint and takes it. */
function accepts(modifier: string, pattern: string, path: string): boolean {
  // the path's own word: `^/(api|admin)/` accepts /api/websocket as well, and is not written for it
  const last = segmentsOf(path).findLast((segment) => segment !== '*') ?? '';
  if (!pattern.replace(/\\/g, '').includes(last)) return false;
  const regex = compileRegex(pattern, modifier === '~*');
  if (!isRegex(regex)) return false;
  const example = path.replace(/\*/g, '1');
  return [example, `${example}/`].some(
    (subject) => typeof matchRegex(regex, subject) === 'object' && matchRegex(regex, subject) !== null,
  );
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

const segments = new Map<Product, readonly (readonly string[])[]>();

function segmentsFor(product: Product): readonly (readonly string[])[] {
  let found = segments.get(product);
  if (found === undefined) {
    found = product.paths.map(segmentsOf);
    segments.set(product, found);
  }
  return found;
}

/** The prefix is the endpoint, or lies below it; with `anywhere` below a prefix of its own as well. */
function covers(product: Product, wanted: readonly string[], given: readonly string[]): boolean {
  const last = product.anywhere === true ? given.length - wanted.length : 0;
  for (let at = 0; at <= last; at++) {
    if (wanted.every((segment, index) => segment === '*' || segment === given[at + index])) return true;
  }
  return false;
}

/** How often the product pings at least, in milliseconds; null when it is not known. */
export function pingOf(product: string | null): number | null {
  return productNamed(product)?.ping ?? null;
}

/** Whether the product falls back to a response that streams (SSE, xhr-streaming), which buffering would hold back. */
export function streamsFallback(product: string | null): boolean {
  return productNamed(product)?.fallback === 'stream';
}

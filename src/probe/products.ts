import { values } from './head';
import type { HeaderLine } from './types';

/** A proxy, balancer or CDN: how its answers give it away, and what is known of it for WebSocket. */
export interface Product {
  readonly name: string;
  readonly known: (headers: readonly HeaderLine[], page: string) => boolean;
  readonly limits: string;
  readonly source: string;
}

const has = (headers: readonly HeaderLine[], name: string): boolean => values(headers, name).length > 0;

const says = (headers: readonly HeaderLine[], name: string, pattern: RegExp): boolean =>
  values(headers, name).some((value) => pattern.test(value));

const starts = (headers: readonly HeaderLine[], prefix: string): boolean =>
  headers.some(([name]) => name.toLowerCase().startsWith(prefix));

/** docs/hops.md says the same at length; `source` is where the claim stands. */
export const PRODUCTS: readonly Product[] = [
  {
    name: 'Cloudflare',
    known: (h) => says(h, 'server', /^cloudflare/i) || has(h, 'cf-ray'),
    limits:
      'WebSockets is a switch of the zone (Network > WebSockets). The origin must answer within 100 s (524), and releases of its network restart servers, which ends open connections: the client must reconnect. Send a heartbeat; connections without traffic for about 100 s are reported to be cut',
    source: 'https://developers.cloudflare.com/network/websockets/',
  },
  {
    name: 'Amazon CloudFront',
    known: (h) => has(h, 'x-amz-cf-id') || says(h, 'via', /cloudfront/i) || says(h, 'server', /^cloudfront/i),
    limits:
      'the origin request policy must forward Sec-WebSocket-Key and Sec-WebSocket-Version (AllViewer does); it closes after 10 minutes without bytes from the origin',
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html',
  },
  {
    name: 'AWS Elastic Load Balancing',
    known: (h) => says(h, 'server', /^awselb/i) || says(h, 'set-cookie', /^AWSALB/),
    limits:
      'idle timeout 60 s unless idle_timeout.timeout_seconds says otherwise (1-4000 s); a target group of protocol version HTTP2 or gRPC cannot upgrade; stickiness is needed by Socket.IO polling',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html',
  },
  {
    name: 'Envoy',
    known: (h) => says(h, 'server', /envoy/i) || starts(h, 'x-envoy-'),
    limits:
      'needs upgrade_configs with upgrade_type websocket; without it the handshake is answered 403. stream_idle_timeout (5 minutes) is the idle clock',
    source: 'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades',
  },
  {
    name: 'HAProxy',
    known: (h, page) =>
      says(h, 'server', /haproxy/i) ||
      says(h, 'via', /haproxy/i) ||
      /<h1>\d{3} [^<]+<\/h1>\s*(No server is available to handle this request|The server didn't respond in time|The server returned an invalid or incomplete response)\./.test(
        page,
      ),
    limits:
      'after the 101 `timeout tunnel` is the idle clock; where it is not set, `timeout client` and `timeout server` are, often 30-60 s',
    source: 'https://docs.haproxy.org/3.0/configuration.html#4.2-timeout%20tunnel',
  },
  {
    name: 'Traefik',
    known: (h) => says(h, 'server', /traefik/i) || starts(h, 'x-traefik'),
    limits:
      'forwards WebSocket without configuration; since 2.11.2 entryPoints respondingTimeouts.readTimeout defaults to 60 s, which limits how long a request may take to arrive',
    source: 'https://doc.traefik.io/traefik/routing/entrypoints/#respondingtimeouts',
  },
  {
    name: 'Fastly',
    known: (h) => has(h, 'x-fastly-request-id') || says(h, 'x-served-by', /^cache-[a-z]/i) || starts(h, 'fastly-'),
    limits:
      'WebSockets passthrough has to be bought and switched on for the service, and VCL must return(upgrade); it does not go together with shielding',
    source: 'https://www.fastly.com/documentation/guides/concepts/real-time-messaging/websockets-tunnel/',
  },
  {
    name: 'Varnish',
    known: (h) => (has(h, 'x-varnish') || says(h, 'via', /varnish/i)) && !says(h, 'x-served-by', /^cache-[a-z]/i),
    limits:
      'forwards an upgrade only by return(pipe) with Upgrade and Connection copied in vcl_pipe; pipe_timeout (60 s) is its idle clock',
    source: 'https://varnish-cache.org/docs/trunk/users-guide/vcl-example-websockets.html',
  },
  {
    name: 'Akamai',
    known: (h) => says(h, 'server', /^akamai/i) || starts(h, 'x-akamai') || has(h, 'akamai-grn'),
    limits:
      'the property needs the WebSockets behaviour; the number of connections is limited, and an upgrade may be declined at any time: clients must retry and fall back',
    source: 'https://techdocs.akamai.com/property-mgr/docs/websockets-support',
  },
  {
    name: 'Azure Front Door',
    known: (h) => has(h, 'x-azure-ref'),
    limits:
      'a route with caching on does not forward Upgrade: disable caching for it. Idle timeout 5 minutes, any data in either direction counts',
    source: 'https://learn.microsoft.com/azure/frontdoor/standard-premium/websocket',
  },
  {
    name: 'Google Cloud Load Balancing',
    known: (h) => says(h, 'via', /\bgoogle$/i) || says(h, 'server', /^google frontend/i),
    limits:
      'the backend service timeout (30 s by default) ends a WebSocket even while it is in use on the classic load balancer, when it is idle on the others: raise timeoutSec. A backend of protocol HTTP/2 cannot upgrade',
    source: 'https://cloud.google.com/load-balancing/docs/https#websocket_support',
  },
  {
    name: 'Heroku',
    known: (h) => says(h, 'via', /vegur|heroku/i) || says(h, 'server', /heroku/i),
    limits: 'its router closes a connection after 55 s without a byte in either direction',
    source: 'https://devcenter.heroku.com/articles/websockets',
  },
  {
    name: 'Caddy',
    known: (h) => says(h, 'server', /^caddy/i) || says(h, 'via', /caddy/i),
    limits: 'forwards WebSocket without configuration; a reload of its configuration ends open connections',
    source: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#streaming',
  },
  {
    name: 'Apache httpd',
    known: (h) => says(h, 'server', /^apache(\/|$)/i),
    limits:
      'needs mod_proxy_wstunnel, or ProxyPass with upgrade=websocket (2.4.47 and later); ProxyTimeout is its idle clock',
    source: 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#protoupgrade',
  },
  {
    name: 'nginx',
    known: (h) => says(h, 'server', /^(nginx|openresty|tengine|angie)/i),
    limits: 'proxy_read_timeout (60 s) is the idle clock; any byte in either direction restarts it',
    source: 'https://nginx.org/en/docs/http/websocket.html',
  },
];

export function recognise(headers: readonly HeaderLine[], page: string): readonly string[] {
  return PRODUCTS.filter((product) => product.known(headers, page)).map((product) => product.name);
}

/** nginx's own error pages end so (ngx_http_special_response.c), also with server_tokens off. */
export function isNginxPage(page: string): boolean {
  return /<hr><center>(nginx|openresty|tengine|angie)[^<]*<\/center>/i.test(page);
}

import type { Configuration } from '../model/scope';
import { once } from '../text/once';
import type { Destination } from './clients';
import { testedVariables } from './tested';
import type { Header } from './types';

/**
 * What proxies and load balancers that speak TLS to clients tell the server behind them, by nginx's variable: the forms that
 * MDN lists under X-Forwarded-Proto, Cloudflare's and CloudFront's own (their lists of request headers), and the two that
 * ingress-nginx sends besides (rootfs/etc/nginx/template/nginx.tmpl).
 */
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

const forwardedHeaders = once((configuration: Configuration): readonly Header[] => {
  const tested = testedVariables(configuration);
  return [...TOLD].flatMap(([variable, header]) => (tested.has(variable) ? [header] : []));
});

/**
 * A configuration whose `if` goes by X-Forwarded-Proto stands behind a proxy that sets it, and browsers come to that
 * proxy by wss: its handshakes carry the header. Without it the redirect to https, which is meant for others, would count
 * as a failure. Only what is tested is sent: elsewhere handshakes are those of a browser that comes directly.
 */
export function throughProxy(configuration: Configuration, destination: Destination): Destination {
  const forwarded = forwardedHeaders(configuration);
  return forwarded.length === 0 ? destination : { ...destination, forwarded };
}

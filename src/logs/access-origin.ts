import { access, NOT_FORWARDED } from './access-signatures';
import type { AccessLine, Signature } from './types';

const PAGE_OF_BACKEND = access(
  'access-200-backend',
  'answered 200 on a WebSocket path, by the backend',
  'ordinary requests (a log_format with $http_upgrade tells them from handshakes), or the backend saw a plain request: Upgrade or Connection did not reach it, or the path is not its endpoint',
  'trace the URL: what does the backend receive?',
  [...NOT_FORWARDED, 'proxy-pass-uri'],
);
const PAGE_OF_NGINX = access(
  'access-200-nginx',
  'answered 200 on a WebSocket path, by nginx itself',
  'ordinary requests (a log_format with $http_upgrade tells them from handshakes), or no backend was asked: return, try_files or a file took the request, or the cache had an answer',
  'trace the URL: which location takes it?',
  ['second-handler', 'try-files-beside-proxy-pass', 'shadowed-location', 'cached-handshake', 'if-without-break'],
);
const MISSING_OF_NGINX = access(
  'access-404-nginx',
  'handshakes answered 404 by nginx itself',
  'no backend was asked: the location that took the request has no proxy_pass',
  'trace the URL: which location takes it?',
  ['proxy-pass-not-inherited', 'shadowed-location', 'try-files-beside-proxy-pass'],
);
const NO_PATH = access(
  'access-404-backend',
  'handshakes answered 404 by the backend',
  'it has no such path (what does proxy_pass make of it?), or it is uvicorn, Tomcat or Jetty, which answer 404 when Upgrade and Connection are missing',
  'trace the URL: what does the backend receive?',
  [...NOT_FORWARDED, 'proxy-pass-uri'],
);
const FORBIDDEN_BY_NGINX = access(
  'access-403-nginx',
  'handshakes answered 403 by nginx itself',
  'no backend was asked: deny, auth_request that answers 403, limit_except without GET, return 403, or a file that may not be read',
  'the error log has a line if it was deny or a file; trace the URL shows which rule takes it',
  ['limit-except'],
);
const FORBIDDEN_BY_BACKEND = access(
  'access-403-backend',
  'handshakes answered 403 by the backend',
  'it compares Origin with Host, and Host is not forwarded as the client sent it; or it refuses this client (Origin not allowed, authentication)',
  'proxy_set_header Host $http_host; if that is set, its log says why',
  ['host-header', 'forwarded-headers'],
);
const REFUSED_BY_NGINX = access(
  'access-400-nginx',
  'handshakes answered 400 by nginx itself',
  'no backend was asked: headers too long (Cookie: large_client_header_buffers) or too many (max_headers), no Host or two, ws:// to a TLS port, a client certificate that is missing, or return 400',
  'the error log says which, at level info; return leaves no line',
  [],
);
const UNAUTHORIZED_BY_NGINX = access(
  'access-401-nginx',
  'handshakes answered 401 by nginx itself',
  'auth_basic or auth_request: browsers cannot set Authorization on a WebSocket',
  'let auth_request check a cookie, or a token in the query',
  [],
);
const FAILED_IN_NGINX = access(
  'access-500-nginx',
  'handshakes answered 500 by nginx itself',
  'no backend was asked: auth_request whose backend fails, ws:// in a variable proxy_pass, no file descriptors left, a redirection cycle, return 500',
  'the error log has the line',
  ['proxy-pass-scheme', 'worker-connections'],
);
const LIMITED_BY_NGINX = (status: number): Signature =>
  access(
    `access-${status}-nginx`,
    `handshakes answered ${status} by nginx itself`,
    'no backend was asked: limit_conn, in which an open WebSocket counts for all its life, limit_req, or return',
    'the error log says which; return leaves no line',
    [],
  );

const BY_NGINX: ReadonlyMap<number, Signature> = new Map([
  [200, PAGE_OF_NGINX],
  [400, REFUSED_BY_NGINX],
  [401, UNAUTHORIZED_BY_NGINX],
  [403, FORBIDDEN_BY_NGINX],
  [404, MISSING_OF_NGINX],
  [
    426,
    access(
      'access-426-nginx',
      'handshakes answered 426 by nginx itself',
      'no backend was asked: return 426',
      'trace the URL: which location takes it?',
      ['second-handler'],
    ),
  ],
  [429, LIMITED_BY_NGINX(429)],
  [500, FAILED_IN_NGINX],
  [503, LIMITED_BY_NGINX(503)],
]);

const BY_BACKEND: ReadonlyMap<number, Signature> = new Map([
  [200, PAGE_OF_BACKEND],
  [403, FORBIDDEN_BY_BACKEND],
  [404, NO_PATH],
]);

/** Whose answer it is, when the format logs $upstream_status: `-` means that no backend was asked. */
export function byOrigin({ status, upstreamStatus }: AccessLine): Signature | null {
  if (upstreamStatus === '-') return BY_NGINX.get(status) ?? null;
  return upstreamStatus === String(status) ? (BY_BACKEND.get(status) ?? null) : null;
}

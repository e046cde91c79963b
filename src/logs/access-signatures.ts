import type { Signature } from './types';

export const NOT_FORWARDED = [
  'upgrade-header',
  'connection-header',
  'inherited-headers-dropped',
  'misspelt-variable',
  'connection-upgrade-map',
];

export const BY_STATUS: ReadonlyMap<number, Signature> = new Map([
  [400, refused(400)],
  [426, refused(426)],
  [501, refused(501)],
  [
    505,
    access(
      'access-505',
      'handshakes answered 505',
      'the backend wants HTTP/1.1 and got HTTP/1.0',
      'proxy_http_version 1.1;',
      ['http-version'],
    ),
  ],
  [
    404,
    access(
      'access-404',
      'handshakes answered 404',
      'no proxy_pass takes the path (another location won), the backend has no such path, or it is uvicorn, Tomcat or Jetty, which answer 404 when Upgrade and Connection are missing. Often without an error line',
      'trace the URL: which location takes it, and what does the backend receive?',
      [...NOT_FORWARDED, 'proxy-pass-not-inherited', 'shadowed-location', 'proxy-pass-uri'],
    ),
  ],
  [
    403,
    access(
      'access-403',
      'handshakes answered 403',
      'the backend compares Origin with Host, and Host is not forwarded as the client sent it; or nginx refuses: deny, auth_request, limit_except without GET',
      'the error log has a line if it was deny; otherwise proxy_set_header Host $http_host;',
      ['host-header', 'limit-except', 'forwarded-headers'],
    ),
  ],
  [
    401,
    access(
      'access-401',
      'handshakes answered 401',
      'authentication: browsers cannot set Authorization on a WebSocket',
      'a cookie, or a token in the query or the first message',
      [],
    ),
  ],
  [
    405,
    access(
      'access-405',
      'handshakes answered 405',
      'the method was changed on the way',
      'no proxy_method in this location',
      ['handshake-headers-stripped', 'limit-except'],
    ),
  ],
  [
    499,
    access(
      'access-499',
      'handshakes given up by the client (499)',
      'the client left before the backend answered: it is slow, or the client impatient. With upstream status 101 it did answer, and fastcgi_pass swallowed the 101',
      'is the backend stuck, or slow (authentication)? With 101: proxy_pass instead of fastcgi_pass',
      ['wrong-proxy-module'],
    ),
  ],
  [
    500,
    access(
      'access-500',
      'handshakes answered 500',
      'from nginx: auth_request whose backend fails, ws:// in a variable proxy_pass, no file descriptors left, a redirection cycle. Otherwise the backend failed',
      'the error log has the line if it was nginx; else the backend’s',
      ['proxy-pass-scheme', 'worker-connections'],
    ),
  ],
  [
    502,
    access(
      'access-502',
      'handshakes answered 502',
      'no working backend: dead or wrong port, a reset, http against https, HTTP/2 upstream, no resolver, headers too big',
      'the error log has the line',
      ['http-version', 'no-resolver', 'upstream-tls', 'unknown-upstream'],
    ),
  ],
  [
    429,
    access(
      'access-429',
      'handshakes answered 429',
      'limit_conn or limit_req with that status, or the backend’s own limit',
      'the error log has a line if it was nginx',
      [],
    ),
  ],
  [
    503,
    access(
      'access-503',
      'handshakes answered 503',
      'limit_conn, limit_req, or the backend is overloaded',
      'the error log has a line if it was nginx',
      [],
    ),
  ],
  [
    504,
    access(
      'access-504',
      'handshakes answered 504',
      'the backend did not answer in time; at once: a timeout of 0',
      'the error log has the line',
      ['zero-timeout', 'read-timeout', 'connect-timeout'],
    ),
  ],
  [
    9,
    access(
      'access-009',
      'handshakes with status 009',
      'the backend does not speak HTTP',
      'is it the right port? A raw TCP service needs stream{}',
      [],
    ),
  ],
  [
    444,
    access(
      'access-444',
      'handshakes closed without an answer (444)',
      'return 444 takes the request',
      'a location for the endpoint',
      ['second-handler', 'shadowed-location'],
    ),
  ],
]);

export const REDIRECTED = access(
  'access-redirect',
  'handshakes redirected',
  'WebSocket clients do not follow redirects: a missing trailing slash (location /ws/ asked as /ws), or http to https',
  'a location for the very path; wss:// in the page',
  ['redirected-handshake'],
);
export const PAGE = access(
  'access-200',
  'answered 200 on a WebSocket path',
  'ordinary requests (a log_format with $http_upgrade tells them from handshakes), or a page instead of a switch: try_files, return or another location took it, a cache answered, or the application got a plain request because Upgrade and Connection were not forwarded',
  'trace the URL: which location takes it, and what does the backend receive?',
  [
    'upgrade-header',
    'try-files-beside-proxy-pass',
    'shadowed-location',
    'cached-handshake',
    'if-without-break',
    'second-handler',
  ],
);
export const POLLING = access(
  'access-polling-400',
  'Socket.IO polling answered 400',
  'the session is not known to the server that got the request: several servers without affinity',
  'ip_hash, hash $remote_addr or sticky in the upstream',
  ['session-affinity'],
);

/** With $http_upgrade in the format, or over HTTP/2: it is known that the client sent no Upgrade. */
export const SWALLOWED = access(
  'access-101-unasked',
  'requests without Upgrade that the backend answered 101',
  'the client sent no Upgrade, the backend got one all the same: proxy_set_header Upgrade is a constant. nginx opens no tunnel for such a request: it hangs until proxy_read_timeout is over, or the client leaves (499)',
  'proxy_set_header Upgrade $http_upgrade; Connection with the map',
  ['upgrade-header', 'shared-location-upgrade'],
);

export const PLAIN_426: Signature = {
  ...access(
    'access-426-unasked',
    'requests without Upgrade answered 426',
    'they came to nginx without Upgrade: plain requests (a page, a health check, anything over HTTP/2), or a proxy in front took it out',
    'if WebSocket clients fail, probe the URL in front and at nginx (--via): a proxy in front must pass Upgrade on',
    [],
  ),
  alsoPlain: true,
};

export const IDLE: Signature = {
  ...access(
    'access-idle',
    'connections that ended when proxy_read_timeout was over',
    'a 101 whose $request_time is the timeout: nobody sent anything. At the default log level there is no error line',
    'send a heartbeat, or raise proxy_read_timeout',
    ['read-timeout'],
  ),
  weight: 'drops',
};

export const AT_ONCE: Signature = {
  ...access(
    'access-101-at-once',
    'connections that ended at once after their 101',
    'the backend gave up after its own 101 (Tornado over HTTP/1.0), a subrequest switched, or the 101 was spoilt on its way and the client refused it',
    'probe the URL: it says what is wrong with the 101',
    ['http-version', 'upgrade-in-subrequest', 'response-headers'],
  ),
  weight: 'drops',
};

export const CUT: Signature = {
  ...access(
    'access-cut',
    'connections that end after the same time',
    'many connections of one length are somebody’s idle timeout: nginx’s, a balancer’s in front, or the backend’s',
    'find the hop with that value (probe --hold), or send a heartbeat',
    ['read-timeout', 'hop-timeout'],
  ),
  weight: 'drops',
};

function refused(status: number): Signature {
  return access(
    `access-${status}`,
    `handshakes answered ${status}`,
    'Upgrade or Connection did not reach the backend: the commonest fault, and it leaves no line in the error log',
    'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection with the map; where other proxy_set_header lines stand, repeat them there',
    NOT_FORWARDED,
  );
}

export function access(id: string, title: string, cause: string, fix: string, rules: readonly string[]): Signature {
  return { id, source: 'access', weight: 'breaks', title, cause, fix, rules };
}

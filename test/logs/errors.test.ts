import { explainError, parseErrorLine } from '../../src/logs/errors';
import { ERROR_SIGNATURES, FOREIGN_SIGNATURES, STARTUP_SIGNATURES } from '../../src/logs/signatures';
import { rules } from '../../rules';

const TAIL =
  ', client: 127.0.0.1, server: a.test, request: "GET /ws?token=1 HTTP/1.1", upstream: "http://127.0.0.1:3000/ws?token=1", host: "a.test:8080"';

function idOf(message: string, level = 'error'): string | null {
  const line = parseErrorLine(`2026/11/20 19:00:00 [${level}] 12#34: *5 ${message}${TAIL}`);
  if (line === null) throw new Error('no line of an error log');
  return explainError(line)?.id ?? null;
}

describe('lines of the error log', () => {
  test.each([
    ['upstream timed out (110: Connection timed out) while proxying upgraded connection', 'info', 'idle-timeout'],
    ['client timed out (110: Connection timed out) while proxying upgraded connection', 'info', 'client-stalled'],
    [
      'upstream timed out (110: Connection timed out) while reading response header from upstream',
      'error',
      'answer-timeout',
    ],
    ['upstream timed out (110: Connection timed out) while connecting to upstream', 'error', 'connect-timeout'],
    ['recv() failed (104: Connection reset by peer) while proxying upgraded connection', 'error', 'reset-in-tunnel'],
    ['connect() failed (111: Connection refused) while connecting to upstream', 'error', 'connection-refused'],
    [
      'upstream prematurely closed connection while reading response header from upstream',
      'error',
      'closed-before-answer',
    ],
    ['upstream sent too big header while reading response header from upstream', 'error', 'answer-too-big'],
    [
      'upstream sent no valid HTTP/1.0 header while reading response header from upstream',
      'error',
      'tunnel-over-http10',
    ],
    [
      'upstream sent invalid header: "a\\x20..." while reading response header from upstream',
      'error',
      'invalid-answer',
    ],
    [
      'upstream sent too large http2 frame: 4740180 while reading response header from upstream',
      'error',
      'http2-upstream',
    ],
    ['upstream rejected request with error 1 while reading response header from upstream', 'error', 'http2-rejected'],
    ['connection upgrade in subrequest while reading response header from upstream', 'error', 'upgrade-in-subrequest'],
    ['no resolver defined to resolve backend', 'error', 'no-resolver'],
    ['backend could not be resolved (3: Host not found)', 'error', 'unresolved'],
    ['backend could not be resolved (110: Operation timed out)', 'error', 'unresolved'],
    ['invalid URL prefix in "ws://127.0.0.1:3000"', 'error', 'bad-scheme'],
    [
      'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      'error',
      'tls-to-plain',
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
      'error',
      'sni-missing',
    ],
    ['no live upstreams while connecting to upstream', 'error', 'no-live-upstreams'],
    ['1024 worker_connections are not enough', 'alert', 'worker-connections'],
    ['socket() failed (24: Too many open files) while connecting to upstream', 'alert', 'too-many-files'],
    [
      'upstream SSL certificate verify error: (18:self-signed certificate) while SSL handshaking to upstream',
      'error',
      'certificate-unverified',
    ],
    ['auth request unexpected status: 502 while sending to client', 'error', 'auth-request-failed'],
    ['client sent too many header lines while reading client request headers', 'info', 'too-many-headers'],
    [
      'epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too while sending request to upstream',
      'info',
      'client-left-early',
    ],
    ['limiting connections by zone "a"', 'error', 'limit-conn'],
    ['limiting requests, excess: 1.000 by zone "a"', 'error', 'limit-req'],
    ['access forbidden by rule', 'error', 'forbidden-by-rule'],
    ['open() "/usr/share/nginx/html/ws" failed (2: No such file or directory)', 'error', 'no-proxy-pass'],
    ['broken header: "GET /ws HTTP/1.1" while reading PROXY protocol', 'error', 'no-proxy-protocol'],
    ['client sent plain HTTP request to HTTPS port while reading client request headers', 'info', 'plain-to-tls'],
    ['client sent no required SSL certificate while reading client request headers', 'info', 'no-client-certificate'],
    [
      'client sent unknown pseudo-header ":protocol" while reading client request headers',
      'info',
      'websocket-over-http2',
    ],
    ['client sent "Upgrade" header while reading client request headers', 'info', 'upgrade-over-http2'],
    [
      'epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too while reading upstream',
      'info',
      'client-gave-up',
    ],
    ['connection timed out (110: Connection timed out) while proxying connection', 'info', 'stream-timeout'],
    ['client sent too long header line: "Cookie: a" while reading client request headers', 'info', 'header-too-long'],
    ['no "Upgrade" header found in request', 'error', 'foreign-no-upgrade-header'],
    ['upstream prematurely closed connection while proxying upgraded connection', 'error', 'foreign-premature-tunnel'],
    ['client closed connection while waiting for request', 'info', null],
    ['signal process started', 'notice', null],
  ])('%s', (message, level, id) => {
    expect(idOf(message, level)).toBe(id);
  });

  test.each([
    ['unknown "connection_upgrade" variable', 'emerg-unknown-variable'],
    ['"proxy_set_header" directive is not allowed here in /etc/nginx/nginx.conf:3', 'emerg-not-allowed'],
    ['invalid number of arguments in "proxy_set_header" directive in /etc/nginx/nginx.conf:3', 'emerg-arguments'],
    ['"proxy_http_version" directive is duplicate in /etc/nginx/nginx.conf:3', 'emerg-duplicate'],
    ['invalid value "2" in /etc/nginx/nginx.conf:3', 'emerg-http-version'],
    ['invalid URL prefix in /etc/nginx/nginx.conf:3', 'emerg-url-prefix'],
    ['host not found in upstream "backend" in /etc/nginx/nginx.conf:3', 'emerg-host-not-found'],
    ['upstream "b" may not have port 3000 in /etc/nginx/nginx.conf:3', 'emerg-upstream-port'],
    ['invalid host in upstream "http://b" in /etc/nginx/nginx.conf:3', 'emerg-upstream-host'],
    ['"proxy_read_timeout" directive invalid value in /etc/nginx/nginx.conf:3', 'emerg-directive-value'],
    [
      '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location',
      'emerg-proxy-pass-uri',
    ],
    ['invalid variable name "connection_upgrade" in /etc/nginx/nginx.conf:3', 'emerg-map-variable'],
    ['duplicate default map parameter in /etc/nginx/nginx.conf:3', 'emerg-duplicate-map-default'],
    ['duplicate location "/ws" in /etc/nginx/nginx.conf:3', 'emerg-duplicate-location'],
    [
      '"proxy_busy_buffers_size" must be less than the size of all "proxy_buffers" minus one buffer',
      'emerg-busy-buffers',
    ],
    ['there must be at least 2 "proxy_buffers" in /etc/nginx/nginx.conf:3', 'emerg-few-buffers'],
    ['no proxy_ssl_trusted_certificate for proxy_ssl_verify in /etc/nginx/nginx.conf:3', 'emerg-no-ca'],
    ['unknown directive "http2" in /etc/nginx/nginx.conf:3', 'emerg-unknown-directive'],
  ])('nginx refuses: %s', (message, id) => {
    expect(idOf(message, 'emerg')).toBe(id);
  });

  test.each([
    ['conflicting server name "a.test" on 0.0.0.0:80, ignored', 'conflicting-name'],
    ['the "listen ... http2" directive is deprecated, use the "http2" directive instead', 'deprecated-http2'],
    ['load balancing method redefined in /etc/nginx/nginx.conf:3', 'balancing-redefined'],
  ])('nginx warns: %s', (message, id) => {
    expect(idOf(message, 'warn')).toBe(id);
  });

  test('the tail is taken apart', () => {
    expect(parseErrorLine(`2026/11/20 19:00:00 [error] 12#34: *5 x${TAIL}`)).toEqual({
      time: '2026/11/20 19:00:00',
      level: 'error',
      message: 'x',
      server: 'a.test',
      method: 'GET',
      target: '/ws?token=1',
      upstream: 'http://127.0.0.1:3000/ws?token=1',
      host: 'a.test:8080',
    });
  });

  test.each([
    'Nov 20 19:00:00 web1 nginx: 2026/11/20 19:00:00 [error] 12#34: *5 x',
    'proxy-1  | 2026/11/20 19:00:00 [error] 12#34: *5 x',
    '2026-11-20T19:00:00.123456789Z stderr F 2026/11/20 19:00:00 [error] 12#34: *5 x',
    'nginx: [error] x',
  ])('a collector may have put its own in front: %s', (line) => {
    expect(parseErrorLine(line)).toMatchObject({ level: 'error', message: 'x' });
  });
});

describe('the tables', () => {
  const all = [...ERROR_SIGNATURES, ...STARTUP_SIGNATURES, ...FOREIGN_SIGNATURES];

  test('every id is used once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('every rule that is linked exists', () => {
    const known = new Set(rules.map(({ id }) => id));
    expect([...new Set(all.flatMap((signature) => signature.rules))].filter((id) => !known.has(id))).toEqual([]);
  });
});

import type { ErrorSignature, Signature } from './types';

/**
 * nginx's lines about WebSocket connections, most specific first. The texts are those of nginx's source
 * (ngx_http_upstream.c, ngx_http_proxy_module.c, ngx_http_request.c, ngx_stream_proxy_module.c and the modules named),
 * and each was seen in a log of a failing set-up.
 */
export const ERROR_SIGNATURES: readonly ErrorSignature[] = [
  drops('idle-timeout', ['upstream timed out', 'while proxying upgraded connection'], {
    title: 'nginx closed an open WebSocket: proxy_read_timeout or proxy_send_timeout was over',
    cause:
      'no byte went either way for proxy_read_timeout (60 s by default); or data waited, and the backend took none of it for proxy_send_timeout (60 s as well). Level info: a default error_log does not show it',
    fix: 'idle: a heartbeat more often than that, or a higher proxy_read_timeout in this location. Connections shorter than proxy_read_timeout ($request_time) were not idle: find out why the backend does not read',
    rules: ['read-timeout', 'send-timeout'],
  }),
  drops('client-stalled', ['client timed out', 'while proxying upgraded connection'], {
    title: 'an open WebSocket was closed because the client did not read',
    cause: 'the client took no data for send_timeout while some was waiting',
    fix: 'raise send_timeout if slow clients are wanted; 0 cuts at the first full buffer',
    rules: ['send-timeout'],
  }),
  drops('reset-in-tunnel', ['reset by peer', 'while proxying upgraded connection'], {
    title: 'an open WebSocket was reset',
    cause:
      'level error: the backend reset it; right after the 101 that is a server which wanted HTTP/1.1 (Tornado), later a crash or a restart. Level info: the client did',
    fix: 'right after the 101: proxy_http_version 1.1; otherwise look at the log of the side that reset',
    rules: ['http-version'],
  }),
  drops('broken-tunnel', ['failed (', 'while proxying upgraded connection'], {
    title: 'an open WebSocket broke off',
    cause: 'reading from or writing to one side failed; the text names the operation and the system’s error',
    fix: 'look at the log of the side that ended it',
    rules: [],
  }),
  breaks('answer-timeout', ['upstream timed out', 'while reading response header from upstream'], {
    alsoPlain: true,
    title: 'the backend did not answer in time (504)',
    cause: 'no answer within proxy_read_timeout; when it comes at once the timeout is 0, which means no waiting at all',
    fix: 'is the backend stuck, or slow (authentication)? Set proxy_read_timeout above it, never to 0',
    rules: ['zero-timeout', 'read-timeout'],
  }),
  breaks('connect-timeout', ['upstream timed out', 'while connecting to upstream'], {
    alsoPlain: true,
    title: 'the backend cannot be connected to in time (504)',
    cause: 'packets are dropped (firewall, wrong address); when it comes at once proxy_connect_timeout is 0',
    fix: 'check address and firewall; never set proxy_connect_timeout to 0',
    rules: ['zero-timeout', 'connect-timeout'],
  }),
  breaks('tls-timeout', ['upstream timed out', 'while SSL handshaking to upstream'], {
    alsoPlain: true,
    title: 'the TLS handshake with the backend does not finish (504)',
    cause: 'https:// to a port that waits for something else',
    fix: 'use http:// if the backend speaks no TLS',
    rules: ['upstream-tls'],
  }),
  drops('stalled-response', ['upstream timed out', 'while reading upstream'], {
    endpointOnly: true,
    title: 'an answer of the backend stopped, outside a tunnel',
    cause:
      'long polling or server-sent events that are idle longer than proxy_read_timeout; or the backend answered 101 to a request without Upgrade, because proxy_set_header Upgrade is a constant: nginx opens no tunnel for it',
    fix: 'log $http_upgrade and $upstream_status: 101 beside no Upgrade is the constant, set it to $http_upgrade. Otherwise raise proxy_read_timeout for the polling location',
    rules: ['upgrade-header', 'read-timeout', 'buffering'],
  }),
  breaks('tunnel-over-http10', ['upstream sent no valid HTTP/1.0 header'], {
    alsoPlain: true,
    title: 'the backend does not speak HTTP (status 009)',
    cause: 'the port answers with something else; nginx passes it on as HTTP/0.9',
    fix: 'is it the right port? A raw TCP service needs stream{}',
    rules: [],
  }),
  breaks('connection-refused', ['failed (111: Connection refused) while connecting to upstream'], {
    alsoPlain: true,
    title: 'the backend refuses the connection (502)',
    cause: 'nothing listens there: the backend is down, or the port is wrong (proxy_pass without a port means 80)',
    fix: 'start it, or correct address and port',
    rules: ['unknown-upstream'],
  }),
  breaks('no-route', ['failed (113: No route to host) while connecting to upstream'], {
    alsoPlain: true,
    title: 'the backend’s host cannot be reached (502)',
    cause: 'no route, or a firewall that says so',
    fix: 'correct the address or the network',
    rules: [],
  }),
  breaks('permission', ['failed (13: Permission denied) while connecting to upstream'], {
    alsoPlain: true,
    title: 'nginx may not connect to the backend (502)',
    cause: 'SELinux (httpd_can_network_connect), or the permissions of a unix socket',
    fix: 'setsebool -P httpd_can_network_connect 1, or the socket’s owner and mode',
    rules: [],
  }),
  breaks('no-socket-file', ['failed (2: No such file or directory) while connecting to upstream'], {
    alsoPlain: true,
    title: 'the backend’s unix socket does not exist (502)',
    cause: 'the backend is down, or listens elsewhere',
    fix: 'start it, or correct the path',
    rules: [],
  }),
  breaks('reset-before-answer', ['reset by peer', 'while reading response header from upstream'], {
    alsoPlain: true,
    title: 'the backend resets the connection instead of answering (502)',
    cause: 'it crashed, or does not want this request (HTTP to a TLS or HTTP/2 port)',
    fix: 'look at its log; compare scheme and port',
    rules: ['upstream-tls'],
  }),
  breaks('closed-before-answer', ['upstream prematurely closed connection while reading response header'], {
    alsoPlain: true,
    title: 'the backend closes the connection instead of answering (502)',
    cause: 'it crashed, or http:// goes to a port that speaks TLS',
    fix: 'https:// in proxy_pass if the backend speaks TLS; otherwise look at its log',
    rules: ['upstream-tls'],
  }),
  breaks('answer-too-big', ['upstream sent too big header'], {
    alsoPlain: true,
    title: 'the headers of the answer do not fit proxy_buffer_size (502)',
    cause: 'a 101 with large cookies or tokens; proxy_buffering off does not help',
    fix: 'proxy_buffer_size 16k; proxy_busy_buffers_size 16k;',
    rules: ['buffering'],
  }),
  breaks('http2-upstream', ['upstream sent too large http2 frame: 4740180'], {
    alsoPlain: true,
    title: 'nginx speaks HTTP/2 to a backend that speaks HTTP/1.1 (502)',
    cause: '4740180 is "HTT" of "HTTP/1.1" read as a frame length: grpc_pass, or proxy_http_version 2',
    fix: 'proxy_pass and proxy_http_version 1.1 in the WebSocket location',
    rules: ['http-version', 'wrong-proxy-module'],
  }),
  breaks('http2-upstream-frame', ['upstream sent too large http2 frame'], {
    alsoPlain: true,
    title: 'the backend does not speak HTTP/2 (502)',
    cause: 'grpc_pass or proxy_http_version 2 to another protocol',
    fix: 'proxy_pass and proxy_http_version 1.1 in the WebSocket location',
    rules: ['http-version', 'wrong-proxy-module'],
  }),
  breaks('http2-rejected', ['upstream rejected request with error 1'], {
    title: 'an HTTP/2 backend refuses Upgrade and Connection (502)',
    cause: 'proxy_http_version 2 with upgrade headers: HTTP/2 forbids them, and has no Upgrade',
    fix: 'proxy_http_version 1.1 in the WebSocket location',
    rules: ['http-version'],
  }),
  breaks('invalid-answer', ['upstream sent invalid header'], {
    alsoPlain: true,
    title: 'the backend’s answer is malformed (502)',
    cause: 'a header line that nginx cannot read',
    fix: 'correct it in the backend',
    rules: [],
  }),
  breaks('upgrade-in-subrequest', ['connection upgrade in subrequest'], {
    title: 'a subrequest switched protocols, which kills the main connection',
    cause: 'the location of an auth_request or mirror inherits the upgrade headers and its backend answers 101',
    fix: 'proxy_set_header Upgrade ""; proxy_set_header Connection ""; in that location',
    rules: ['upgrade-in-subrequest'],
  }),
  breaks('no-resolver', ['no resolver defined to resolve'], {
    alsoPlain: true,
    title: 'a host name in a variable proxy_pass, and no resolver (502 for every request)',
    cause: 'names in variables are resolved at run time, /etc/hosts is not read',
    fix: 'resolver in http{}, or an upstream{} of that name',
    rules: ['no-resolver'],
  }),
  breaks('unresolved', [' could not be resolved ('], {
    alsoPlain: true,
    title: 'the backend’s name cannot be resolved (502)',
    cause: '3: the DNS server knows no such host; 110: the DNS server does not answer',
    fix: 'correct the name or the resolver',
    rules: ['no-resolver'],
  }),
  breaks('bad-scheme', ['invalid URL prefix in "ws'], {
    title: 'ws:// or wss:// in proxy_pass (500)',
    cause: 'through a variable nginx notices it at run time only',
    fix: 'http:// or https://: the scheme of the handshake',
    rules: ['proxy-pass-scheme'],
  }),
  breaks('bad-url-prefix', ['invalid URL prefix in "'], {
    alsoPlain: true,
    title: 'a variable proxy_pass without http:// (500)',
    cause: 'the variable’s value is no URL',
    fix: 'http:// or https:// in front of it',
    rules: ['proxy-pass-scheme'],
  }),
  breaks('tls-to-plain', ['SSL_do_handshake() failed', 'wrong version number', 'while SSL handshaking to upstream'], {
    alsoPlain: true,
    title: 'https:// to a backend that speaks no TLS (502)',
    cause: 'the port answers in plain HTTP',
    fix: 'http:// in proxy_pass',
    rules: ['upstream-tls'],
  }),
  breaks(
    'packet-length',
    ['SSL_do_handshake() failed', 'packet length too long', 'while SSL handshaking to upstream'],
    {
      alsoPlain: true,
      title: 'https:// to a backend that speaks no TLS (502)',
      cause: 'the port answers in plain HTTP',
      fix: 'http:// in proxy_pass',
      rules: ['upstream-tls'],
    },
  ),
  breaks('sni-missing', ['SSL_do_handshake() failed', 'handshake failure', 'while SSL handshaking to upstream'], {
    alsoPlain: true,
    title: 'the backend refuses the TLS handshake (502)',
    cause: 'it wants SNI: proxy_ssl_server_name is off by default, and an IP address in proxy_pass has no name',
    fix: 'proxy_ssl_server_name on; and proxy_ssl_name, or a name in proxy_pass',
    rules: ['upstream-tls'],
  }),
  breaks('certificate-unverified', ['upstream SSL certificate'], {
    alsoPlain: true,
    title: 'the backend’s certificate is refused (502)',
    cause: 'proxy_ssl_verify on: the text says whether no trusted CA signed it, or its name is another',
    fix: 'proxy_ssl_trusted_certificate and proxy_ssl_name',
    rules: ['upstream-tls'],
  }),
  breaks('upstream-tls', ['while SSL handshaking to upstream'], {
    alsoPlain: true,
    title: 'the TLS handshake with the backend fails (502)',
    cause: 'the text names the reason',
    fix: 'compare scheme, name and certificate',
    rules: ['upstream-tls'],
  }),
  breaks('no-live-upstreams', ['no live upstreams while connecting to upstream'], {
    alsoPlain: true,
    title: 'no server of the upstream can take a connection (502)',
    cause: 'all are down, or max_conns is used up: an open WebSocket holds its place all its life',
    fix: 'raise or drop max_conns; look for what brought the servers down',
    rules: ['upstream-capacity'],
  }),
  breaks('worker-connections', ['worker_connections are not enough'], {
    title: 'no connections left in the worker',
    cause: 'each WebSocket takes two of worker_connections: client and backend',
    fix: 'raise worker_connections, and worker_rlimit_nofile with it',
    rules: ['worker-connections'],
  }),
  breaks('too-many-files', ['(24: Too many open files)'], {
    title: 'no file descriptors left (500)',
    cause: 'each WebSocket takes two; worker_rlimit_nofile or the system’s limit is lower than worker_connections',
    fix: 'worker_rlimit_nofile at least twice the connections expected',
    rules: ['worker-connections'],
  }),
  breaks('no-ports', ['(99: Cannot assign requested address) while connecting to upstream'], {
    title: 'no local ports left towards the backend (502)',
    cause: 'about 28,000 connections from one address to one backend address and port',
    fix: 'several backend addresses, proxy_bind with several addresses, or a unix socket',
    rules: ['worker-connections'],
  }),
  breaks('limit-conn', ['limiting connections'], {
    endpointOnly: true,
    title: 'limit_conn refused a connection (503, or limit_conn_status)',
    cause: 'a WebSocket counts for all its life',
    fix: 'a higher limit for the WebSocket location',
    rules: [],
  }),
  breaks('limit-req', ['limiting requests'], {
    endpointOnly: true,
    title: 'limit_req refused a handshake (503, or limit_req_status)',
    cause: 'only handshakes are counted, never messages; reconnects of many clients come at once',
    fix: 'burst, or a zone of its own for the WebSocket location',
    rules: [],
  }),
  breaks('forbidden-by-rule', ['access forbidden by rule'], {
    endpointOnly: true,
    title: 'nginx refuses the request (403)',
    cause: 'deny, or limit_except without GET: a handshake is a GET',
    fix: 'allow, or GET in limit_except',
    rules: ['limit-except'],
  }),
  breaks('no-proxy-pass', ['open() "', 'failed (2: No such file or directory)'], {
    endpointOnly: true,
    title: 'nginx looked for a file (404)',
    cause:
      'the location that took the request has no proxy_pass: another one won, or it is nested and proxy_pass is not inherited',
    fix: 'proxy_pass in the location that matches',
    rules: ['proxy-pass-not-inherited', 'shadowed-location', 'try-files-beside-proxy-pass'],
  }),
  breaks('no-proxy-protocol', ['broken header: "GET ', 'while reading PROXY protocol'], {
    alsoPlain: true,
    title: 'a client without PROXY protocol on a port that demands it',
    cause: 'listen ... proxy_protocol, and the balancer does not send it (or a client comes directly)',
    fix: 'switch it on in the balancer, or off here',
    rules: [],
  }),
  breaks('plain-to-tls', ['client sent plain HTTP request to HTTPS port'], {
    alsoPlain: true,
    title: 'ws:// to a TLS port (400)',
    cause: 'the page opens ws://host:443, or a balancer forwards without TLS',
    fix: 'wss:// in the page; listen without ssl behind a balancer that ends TLS',
    rules: [],
  }),
  breaks('no-client-certificate', ['client sent no required SSL certificate'], {
    alsoPlain: true,
    title: 'the client has no certificate (400)',
    cause: 'ssl_verify_client on',
    fix: 'ssl_verify_client optional for the WebSocket, or a client certificate',
    rules: [],
  }),
  breaks('websocket-over-http2', ['client sent unknown pseudo-header ":protocol"'], {
    title: 'WebSocket over HTTP/2 was tried (400)',
    cause: 'RFC 8441 extended CONNECT; no nginx speaks it, and none offers it',
    fix: 'a client that uses HTTP/1.1 for WebSocket, as browsers do',
    rules: [],
  }),
  breaks('upgrade-over-http2', ['client sent "Upgrade" header'], {
    title: 'an Upgrade header over HTTP/2 or 3 (400, since 1.31.0)',
    cause: 'a client or balancer that sends HTTP/1.1 headers over HTTP/2',
    fix: 'HTTP/1.1 between it and nginx for WebSocket',
    rules: [],
  }),
  breaks('connection-over-http2', ['client sent "Connection" header'], {
    title: 'a Connection header over HTTP/2 or 3 (400, since 1.31.0)',
    cause: 'a client or balancer that sends HTTP/1.1 headers over HTTP/2',
    fix: 'HTTP/1.1 between it and nginx for WebSocket',
    rules: [],
  }),
  breaks('header-too-long', ['client sent too long header line'], {
    endpointOnly: true,
    title: 'a request header does not fit (400)',
    cause: 'cookies or tokens longer than large_client_header_buffers (8k)',
    fix: 'large_client_header_buffers 4 16k;',
    rules: [],
  }),
  breaks('too-many-headers', ['client sent too many header lines'], {
    endpointOnly: true,
    title: 'a request has too many headers (400)',
    cause: 'more header lines than max_headers; a browser’s handshake has about 15, and proxies in front add theirs',
    fix: 'a higher max_headers',
    rules: [],
  }),
  breaks('auth-request-failed', ['auth request unexpected status: '], {
    endpointOnly: true,
    title: 'the answer to auth_request was neither 2xx, 401 nor 403 (500)',
    cause: 'the status in the line is that of the subrequest: 502 and 504 are its backend, 404 and 3xx its location',
    fix: 'ask the location of auth_request, not the WebSocket’s: it must answer 2xx, 401 or 403',
    rules: [],
  }),
  breaks('client-gave-up', ['prematurely closed connection', 'closed too while reading upstream'], {
    endpointOnly: true,
    title: 'the client left while it got an answer, outside a tunnel (499)',
    cause:
      'a long poll or event stream that the client ended. With an upstream status of 101 in the access log: the backend switched, but the client had sent no Upgrade, or fastcgi_pass swallowed the 101',
    fix: 'with 101: Upgrade $http_upgrade rather than a literal; proxy_pass instead of fastcgi_pass',
    rules: ['upgrade-header', 'wrong-proxy-module'],
  }),
  breaks('client-left-early', ['prematurely closed connection', 'so upstream connection is closed too'], {
    endpointOnly: true,
    title: 'the client left before the backend answered (499)',
    cause: 'the backend is slow, or the client impatient',
    fix: 'is the backend stuck, or slow (authentication)? $request_time says how long the client waited',
    rules: [],
  }),
  drops('stream-timeout', ['timed out', 'while proxying connection'], {
    title: 'an idle connection of a stream proxy was closed',
    cause: 'no byte either way for proxy_timeout (10 minutes by default; 0 closes at once)',
    fix: 'raise proxy_timeout in the stream server, or send a heartbeat',
    rules: ['read-timeout', 'zero-timeout'],
  }),
  breaks('upstream-refused-h2', ['upstream sent', 'http2'], {
    alsoPlain: true,
    title: 'the backend and nginx disagree over HTTP/2 (502)',
    cause: 'grpc_pass or proxy_http_version 2 on a WebSocket route',
    fix: 'proxy_pass and proxy_http_version 1.1',
    rules: ['http-version', 'wrong-proxy-module'],
  }),
  breaks('redirect-cycle', ['rewrite or internal redirection cycle'], {
    endpointOnly: true,
    title: 'nginx goes round in circles (500)',
    cause: 'try_files or error_page lead back to the same location',
    fix: 'let the WebSocket location end in proxy_pass',
    rules: ['try-files-beside-proxy-pass'],
  }),
  harmless('uninitialized', ['using uninitialized "'], {
    title: 'a variable that `set` gives a value only in an if',
    cause: 'plain requests use it empty; the line is a warning',
    fix: 'a map has a default and does not warn',
    rules: ['connection-upgrade-map'],
  }),
];

/** Lines by which nginx refuses a configuration, or warns about it; `nginx -t` prints the same. */
export const STARTUP_SIGNATURES: readonly ErrorSignature[] = [
  startup('emerg-unknown-variable', ['unknown "', '" variable'], 'a variable that no map or module defines', [
    'connection-upgrade-map',
    'misspelt-variable',
  ]),
  startup('emerg-duplicate-map-default', ['duplicate default map parameter'], 'a map has two defaults', [
    'refused-directive',
  ]),
  startup('emerg-map-variable', ['invalid variable name "'], 'the target of a map or set lacks its $', [
    'connection-upgrade-map',
    'refused-directive',
  ]),
  startup('emerg-not-allowed', ['" directive is not allowed here'], 'a directive in a block that does not take it', [
    'refused-directive',
  ]),
  startup(
    'emerg-arguments',
    ['invalid number of arguments in "'],
    'a directive with too many or too few arguments: unquoted `keep-alive, Upgrade`, or a missing ;',
    ['refused-directive'],
  ),
  startup('emerg-duplicate', ['" directive is duplicate'], 'a directive twice on one level, often through an include', [
    'refused-directive',
  ]),
  startup(
    'emerg-http-version',
    ['invalid value "'],
    'a value that this version does not know: proxy_http_version takes 1.0, 1.1, and 2 from 1.29.4 on',
    ['refused-directive', 'http-version'],
  ),
  startup('emerg-url-prefix', ['invalid URL prefix'], 'ws://, wss:// or no scheme in proxy_pass', [
    'proxy-pass-scheme',
  ]),
  startup(
    'emerg-host-not-found',
    ['host not found in upstream'],
    'the name of a backend does not resolve when nginx starts',
    ['unknown-upstream'],
  ),
  startup('emerg-upstream-port', ['" may not have port '], 'a port after the name of an upstream{}', [
    'refused-directive',
  ]),
  startup(
    'emerg-upstream-host',
    ['invalid host in upstream'],
    'http:// in an upstream’s server, or in a stream proxy_pass',
    ['proxy-pass-scheme', 'refused-directive'],
  ),
  startup(
    'emerg-directive-value',
    ['" directive invalid value'],
    'a time or size that nginx cannot read: no -1, off, never, months or years',
    ['refused-directive'],
  ),
  startup(
    'emerg-proxy-pass-uri',
    ['cannot have URI part in location given by regular expression'],
    'a path in proxy_pass where the location’s own part is not known',
    ['refused-directive'],
  ),
  startup('emerg-duplicate-location', ['duplicate location "'], 'one location twice in a server', [
    'refused-directive',
  ]),
  startup('emerg-busy-buffers', ['"proxy_busy_buffers_size" must be'], 'buffer sizes that do not fit each other', [
    'buffering',
  ]),
  startup('emerg-few-buffers', ['there must be at least 2 "proxy_buffers"'], 'one proxy_buffers only', ['buffering']),
  startup('emerg-temp-size', ['"proxy_max_temp_file_size" must be'], 'buffer sizes that do not fit each other', [
    'buffering',
  ]),
  startup('emerg-temp-write', ['"proxy_temp_file_write_size" must be'], 'buffer sizes that do not fit each other', [
    'buffering',
  ]),
  startup(
    'emerg-no-ca',
    ['no proxy_ssl_trusted_certificate for proxy_ssl_verify'],
    'proxy_ssl_verify on without a CA',
    ['upstream-tls'],
  ),
  startup(
    'emerg-unknown-directive',
    ['unknown directive "'],
    'a misspelt directive, or one of a newer nginx or of a module that is not loaded',
    ['refused-directive'],
  ),
  startup(
    'emerg-missing-include',
    ['open() "', 'failed (2: No such file or directory) in '],
    'an include names a file that does not exist',
    ['include-not-found'],
  ),
  startup('emerg-unexpected', ['unexpected "'], 'a brace or semicolon too many or too few', ['syntax']),
  startup('emerg-unexpected-end', ['unexpected end of file'], 'a block or quote that is not closed', ['syntax']),
  startup('emerg-not-terminated', ['is not terminated by ";"'], 'a missing ;', ['syntax']),
  startup('emerg-no-events', ['no "events" section in configuration'], 'a fragment was given as the main file', [
    'syntax',
  ]),
  warning(
    'conflicting-name',
    ['conflicting server name "'],
    'two servers with the same listen and name: the second never gets a request',
    ['conflicting-server-name'],
  ),
  warning(
    'deprecated-http2',
    ['the "listen ... http2" directive is deprecated'],
    'harmless: `http2 on` says the same since 1.25.1',
    ['plain-http2-listen'],
  ),
  warning(
    'balancing-redefined',
    ['load balancing method redefined'],
    'keepalive stands before the balancing method (below 1.29.7)',
    [],
  ),
];

/** Lines that guides, forums and chat bots attribute to nginx. No nginx source holds them; what prints them is named. */
export const FOREIGN_SIGNATURES: readonly ErrorSignature[] = [
  foreign(
    'foreign-no-upgrade-header',
    ['no "Upgrade" header found in request'],
    'no version of nginx: the words do not occur in its source. nginx logs nothing when Upgrade is not forwarded; the access log’s 400, 404 or 426 is all there is',
    ['upgrade-header', 'connection-header'],
  ),
  foreign(
    'foreign-premature-tunnel',
    ['upstream prematurely closed connection while proxying upgraded connection'],
    'no version of nginx: in a tunnel it logs no premature close, a backend that ends the connection leaves no line',
    [],
  ),
  foreign(
    'foreign-gorilla',
    ['websocket: the client is not using the websocket protocol'],
    'a Go backend (gorilla/websocket): the header it names did not reach it',
    ['upgrade-header', 'connection-header'],
  ),
  foreign(
    'foreign-gorilla-origin',
    ['websocket: request origin not allowed'],
    'a Go backend (gorilla/websocket): Origin and Host differ',
    ['host-header'],
  ),
  foreign(
    'foreign-nhooyr',
    ['WebSocket protocol violation: '],
    'a Go backend (coder/websocket, formerly nhooyr.io): the header it names did not reach it',
    ['upgrade-header', 'connection-header', 'http-version'],
  ),
  foreign('foreign-tornado', ['Can "Upgrade" only to "WebSocket"'], 'a Tornado backend: Upgrade did not reach it', [
    'upgrade-header',
  ]),
  foreign(
    'foreign-tornado-connection',
    ['"Connection" must be "Upgrade"'],
    'a Tornado backend: Connection did not reach it',
    ['connection-header'],
  ),
  foreign(
    'foreign-python-websockets',
    ['Failed to open a WebSocket connection: '],
    'a Python backend (websockets): the header it names did not reach it',
    ['upgrade-header', 'connection-header', 'http-version'],
  ),
  foreign('foreign-python-exception', ['websockets.exceptions.'], 'a Python backend or client (websockets)', [
    'upgrade-header',
    'connection-header',
  ]),
  foreign(
    'foreign-uvicorn',
    ['Unsupported upgrade request'],
    'uvicorn without a WebSocket library installed: pip install uvicorn[standard]',
    [],
  ),
  foreign(
    'foreign-chrome-code',
    ['Error during WebSocket handshake: Unexpected response code'],
    'Chrome’s console: the status is the answer to the handshake',
    [],
  ),
  foreign('foreign-chrome', ['WebSocket connection to '], 'a browser’s console', []),
  foreign('foreign-firefox', ['establish a connection to the server at ws'], 'Firefox’s console', []),
  foreign(
    'foreign-ws-client',
    ['Unexpected server response: '],
    'the Node library ws, as a client: the status is the answer to the handshake',
    [],
  ),
  foreign('foreign-socketio', ['websocket error', 'TransportError'], 'a Socket.IO client: the handshake failed', []),
  foreign(
    'foreign-action-cable',
    ['Failed to upgrade to WebSocket'],
    'Rails Action Cable: REQUEST_METHOD, HTTP_CONNECTION and HTTP_UPGRADE in the line show what reached it',
    ['upgrade-header', 'connection-header', 'origin-overwritten'],
  ),
  foreign(
    'foreign-action-cable-origin',
    ['Request origin not allowed'],
    'Rails Action Cable: Origin is not in allowed_request_origins, or Host arrives changed',
    ['host-header', 'forwarded-headers'],
  ),
  foreign('foreign-wscat', ['error: Unexpected server response'], 'wscat', []),
  foreign('foreign-apache', ['AH0'], 'Apache httpd, not nginx', []),
];

type Text = Pick<Signature, 'title' | 'cause' | 'fix' | 'rules' | 'endpointOnly' | 'alsoPlain'>;

function breaks(id: string, holds: readonly string[], text: Text): ErrorSignature {
  return { id, holds, source: 'nginx', weight: 'breaks', ...text };
}

function drops(id: string, holds: readonly string[], text: Text): ErrorSignature {
  return { id, holds, source: 'nginx', weight: 'drops', ...text };
}

function harmless(id: string, holds: readonly string[], text: Text): ErrorSignature {
  return { id, holds, source: 'nginx', weight: 'harmless', ...text };
}

function startup(id: string, holds: readonly string[], title: string, rules: readonly string[]): ErrorSignature {
  const cause = 'nginx refuses the configuration: it does not start, or goes on with the old one';
  return { id, holds, source: 'nginx', weight: 'breaks', title, cause, fix: 'nginx -t names file and line', rules };
}

function warning(id: string, holds: readonly string[], title: string, rules: readonly string[]): ErrorSignature {
  return {
    id,
    holds,
    source: 'nginx',
    weight: 'harmless',
    title,
    cause: 'a warning when the configuration is read',
    fix: 'nginx -t names file and line',
    rules,
  };
}

function foreign(id: string, holds: readonly string[], printer: string, rules: readonly string[]): ErrorSignature {
  const title = 'not a line of nginx';
  return {
    id,
    holds,
    source: 'foreign',
    weight: 'breaks',
    title,
    cause: `printed by ${printer}`,
    fix: 'look at what nginx answered: its access log',
    rules,
  };
}

import { values, type Head, type HeadResult } from './head';
import { isNginxPage } from './products';
import { seconds } from './dial';
import type { Cause } from './types';

export interface Verdict {
  readonly cause: Cause;
  readonly detail: string;
}

/** What it means that no answer, or no HTTP answer, came. */
export function verdictOfSilence(result: Exclude<HeadResult, { kind: 'head' }>, timeoutMs: number): Verdict {
  switch (result.kind) {
    case 'not-http':
      if (result.http2) {
        const detail =
          'the server speaks HTTP/2 from the first byte, and WebSocket needs HTTP/1.1 (`listen ... http2` without ssl below nginx 1.25.1 does that)';
        return { cause: 'http2-only', detail };
      }
      return {
        cause: 'not-http',
        detail: `the answer is not HTTP: it starts with "${result.start}". Behind nginx that is a backend which is no HTTP server (it is passed on as HTTP/0.9, access log status 009)`,
      };
    case 'too-long':
      return {
        cause: 'oversized-answer',
        detail: `the answer's headers go on past ${result.bytes >> 10} KiB: given up`,
      };
    case 'timeout':
      return { cause: 'no-answer', detail: silence(result.partial, timeoutMs) };
    case 'end':
      return { cause: 'closed-before-answer', detail: ending(result.partial, 'closed') };
    case 'error':
      return { cause: 'closed-before-answer', detail: ending(0, `broken off (${result.code})`) };
  }
}

function silence(partial: number, timeoutMs: number): string {
  const what = partial === 0 ? 'nothing' : `${partial} bytes of headers and no end of them`;
  return `the connection is open, but ${what} came within ${seconds(timeoutMs)}: the handshake hangs (a backend that does not answer, fastcgi_pass, or a 101 for a request without Upgrade)`;
}

function ending(partial: number, how: string): string {
  const when = partial === 0 ? 'before any answer' : 'in the middle of the headers';
  return `the connection is ${how} ${when} (return 444, a TLS port, a PROXY protocol port, an auth_request whose backend switches, a backend that is no HTTP server, no worker_connections left, or a client_header_timeout of 0)`;
}

/** What a status other than 101 means for a WebSocket handshake. `page`: the start of the body. */
export function verdictOfStatus(head: Head, page: string): Verdict {
  const { status } = head;
  if (status === 400) return badRequest(page);
  if ([301, 302, 303, 307, 308].includes(status)) return redirect(head);
  if (status === 426 || status === 505 || status === 501) return notForwarded(status);
  if (status === 401 || status === 407) {
    return {
      cause: 'unauthorized',
      detail: `${status}: authentication is asked for (auth_basic, auth_request, or the backend's own); give it with --header "Authorization: ..." or "Cookie: ..."`,
    };
  }
  if (status === 403) return forbidden(page);
  if (status === 404 || status === 410) return notFound(status, page);
  if (status >= 200 && status < 300) return page200(status);
  return verdictOfServerError(status, page);
}

function badRequest(page: string): Verdict {
  if (/plain HTTP request was sent to HTTPS port/i.test(page)) {
    return { cause: 'plain-to-tls', detail: '400: the port speaks TLS, and ws:// does not: use wss://' };
  }
  if (/SSL certificate (was sent|error)/i.test(page) || /required SSL certificate/i.test(page)) {
    return { cause: 'client-certificate', detail: '400: nginx asks for a client certificate (ssl_verify_client)' };
  }
  if (/Header Or Cookie Too Large/i.test(page)) {
    return {
      cause: 'bad-request',
      detail:
        '400: a request header is longer than large_client_header_buffers, or there are more of them than max_headers: nginx answers both so, and its error log says which at level info',
    };
  }
  if (/session id unknown/i.test(page)) {
    return {
      cause: 'bad-request',
      detail:
        '400 "Session ID unknown": Socket.IO polling reached another server than the one it began with: session affinity is missing',
    };
  }
  if (isNginxPage(page)) {
    return {
      cause: 'bad-request',
      detail:
        '400, on a page that nginx wrote itself: nginx refuses the request before any backend sees it (its error log says why at level info, unless it is a `return 400`)',
    };
  }
  return notForwarded(400);
}

function notForwarded(status: number): Verdict {
  const why =
    status === 505
      ? 'the backend wants HTTP/1.1: proxy_http_version 1.1 is missing in front of it'
      : 'the backend received no complete handshake: Upgrade, Connection or proxy_http_version 1.1 is missing on the way (upgrade-header, connection-header, inherited-headers-dropped, http-version)';
  return { cause: 'headers-not-forwarded', detail: `${status}: ${why}` };
}

function redirect(head: Head): Verdict {
  const to = values(head.headers, 'location')[0];
  const hint =
    to === undefined
      ? ''
      : /^https:|^wss:/i.test(to)
        ? '; open the wss:// URL instead'
        : '; open that URL, or give the location without its trailing slash';
  const where = to === undefined ? 'elsewhere' : `to ${to}`;
  return {
    cause: 'redirect',
    detail: `${head.status}: a redirect ${where}. WebSocket clients do not follow redirects${hint}`,
  };
}

function forbidden(page: string): Verdict {
  const own = isNginxPage(page)
    ? 'nginx itself refuses it: deny, auth_request, limit_except without GET, return, or a file'
    : '';
  const theirs =
    'the Origin or the Host is refused, or this client: a backend that checks Origin compares it with Host (host-header: nginx forwards Host only when told to), and a firewall may refuse the upgrade';
  return { cause: 'forbidden', detail: `403: ${own === '' ? theirs : own}` };
}

function notFound(status: number, page: string): Verdict {
  const own =
    'on a page that nginx wrote itself: no proxy_pass takes this path here (another location or server wins, or it has none)';
  const theirs =
    'not from nginx: the path is not the endpoint (what does proxy_pass make of it?), or the server answers so to a handshake without Upgrade and Connection, as uvicorn, Tomcat and Jetty do';
  return { cause: 'wrong-location', detail: `${status}, ${isNginxPage(page) ? own : theirs}` };
}

function page200(status: number): Verdict {
  return {
    cause: 'wrong-location',
    detail: `${status}: a page instead of a switch. Another location answers (try_files, a single-page application, return), a cache does, or the application got a plain request because Upgrade and Connection were not forwarded`,
  };
}

const UPSTREAM: Readonly<Record<number, string>> = {
  502: 'the proxy reaches no working backend: dead or wrong port, a reset, http against https, an answer it cannot read, no resolver. The error log names it',
  504: 'the backend did not answer in time; at once means proxy_read_timeout or proxy_connect_timeout is 0',
  520: 'Cloudflare got an empty or unreadable answer from the origin',
  521: 'the origin refuses Cloudflare’s connection',
  522: 'Cloudflare cannot connect to the origin in time',
  523: 'Cloudflare cannot reach the origin',
  524: 'the origin did not answer Cloudflare within 100 s',
  525: 'the TLS handshake between Cloudflare and the origin fails',
  526: 'the origin’s certificate is not valid for Cloudflare',
  530: 'Cloudflare cannot resolve or reach the origin',
};

function verdictOfServerError(status: number, page: string): Verdict {
  const upstream = UPSTREAM[status];
  if (upstream !== undefined) return { cause: 'upstream', detail: `${status}: ${upstream}` };
  if (status === 429 || status === 503) {
    const own = isNginxPage(page) ? ' (limit_conn, limit_req or return)' : '';
    return { cause: 'overload', detail: `${status}: too many requests or connections, or no backend available${own}` };
  }
  if (status === 405) {
    return {
      cause: 'other-status',
      detail: '405: the method was changed on the way (proxy_method), or the path takes no GET',
    };
  }
  if (status === 421)
    return { cause: 'other-status', detail: '421: this server does not serve the name (TLS SNI and Host differ)' };
  if (status >= 500) {
    const own = isNginxPage(page)
      ? ' (from nginx itself: auth_request whose backend fails, ws:// in a variable proxy_pass, no files left, or return; see its error log)'
      : '';
    return { cause: 'server-error', detail: `${status}: the server failed${own}` };
  }
  return { cause: 'other-status', detail: `${status}: not the 101 that a handshake needs` };
}

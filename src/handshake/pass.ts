import { effective } from '../model/effective';
import type { Setting } from '../model/scope';
import { isUnixAddress } from '../model/listen-address';
import { argument, argumentTemplate } from '../model/template';
import { parseMilliseconds } from '../model/units';
import { SINCE } from '../model/version';
import { settingHere } from './flags';
import { headerValue } from './request-values';
import { passOf } from './location';
import { NAMES } from './module-names';
import type { Module } from './module-names';
import { allDown, socketsBehind } from './peers';
import { judgeResponse } from './response';
import { answer, cannotKnow, fault, step } from './run';
import type { Handler, Move, Run } from './run';
import { backendUrl } from './target-url';
import type { Fault, UpstreamRequest } from './types';
import { linesHere, tableFor } from './header-table';
import { isCached, proxyUri, upstreamRequest } from './upstream-request';
import { judge } from './verdict';
import type { Verdict } from './verdict';

/** What comes of handing a request to a backend. */
export interface Passed {
  readonly pass: Setting;
  readonly upstream: UpstreamRequest | null;
  readonly faults: readonly Fault[];
  readonly unknowns: readonly string[];
  /** nginx answers instead of the backend, so that error_page applies. */
  readonly instead: Move;
}

/** Hands the request to the backend of the handler, and judges the handshake that this makes. */
export function handOver(run: Run, handler: Handler): Passed | Move {
  const pass = passOf(run.scope, handler.name);
  if (pass === null) {
    return answer(500, fault('server-error', run.scope.opener, `no ${handler.name} applies here: 500`));
  }
  step(run, `${handler.name} ${pass.directive.args.join(' ')}`, pass);
  switch (handler.name) {
    case 'proxy_pass':
      return proxy(run, pass);
    case 'uwsgi_pass':
    case 'scgi_pass':
      return gateway(run, pass, handler.name === 'uwsgi_pass' ? 'uwsgi' : 'scgi');
    default:
      return otherModule(pass, handler.name);
  }
}

/** The pass that surely takes the request: nothing that making its request could come upon answers it instead. */
export function certainPass(run: Run): Setting | null {
  const { handler } = run;
  if (handler?.name !== 'proxy_pass' || run.errStatus !== 0 || run.cause !== null) return null;
  const pass = passOf(run.scope, handler.name);
  if (pass === null || argumentTemplate(pass, 0).constant === null) return null;
  const backend = backendUrl(run, pass);
  if ('failed' in backend || proxyUri(run, pass, backend.url) === '') return null;
  if (settingHere(run, 'proxy_http_version')?.directive.args[0] === '2') return null;
  if (tableFor(run, linesHere(run), isCached(run)).captures) return null;
  return withoutAsking(run, 'proxy', pass, backend.url.name) === null ? pass : null;
}

function proxy(run: Run, pass: Setting): Passed | Move {
  const backend = backendUrl(run, pass);
  if ('failed' in backend) return backend.failed;
  const upstream = upstreamRequest(run, pass, backend.url);
  if (upstream === null) return answer(500, fault('server-error', pass, 'a regex map resets $1 in a header: 500'));
  if (upstream.uri === '') return answer(500, fault('server-error', pass, 'zero length URI to proxy: 500'));
  const { unresolved } = backend.url;
  const unread = unreadSettings(run);
  const { faults, unknowns } = isHandshake(run) ? verdictOf(run, upstream, unread) : NO_HANDSHAKE;
  return {
    pass,
    upstream,
    faults,
    unknowns: [
      ...(backend.url.unknown === null ? [] : [backend.url.unknown]),
      ...unread.map((name) => `${name} could stand in an include that was not read`),
      ...unknowns,
    ],
    instead:
      unresolved === null
        ? (withoutAsking(run, 'proxy', pass, backend.url.name) ?? overHttp2(run, upstream))
        : answer(502, unresolved),
  };
}

const NO_HANDSHAKE: Verdict = { faults: [], unknowns: [] };

/** What the backend says of the request, and the browser of the answer. */
function verdictOf(run: Run, upstream: UpstreamRequest, unread: readonly string[]): Verdict {
  const verdict = judge(run, upstream);
  const response = judgeResponse(run, 'proxy');
  return {
    faults: [...verdict.faults.filter((one) => !suppliedBy(one, unread)), ...response.faults],
    unknowns: [...verdict.unknowns, ...response.unknowns],
  };
}

/** The backend speaks HTTP/1.1: nginx takes its answer for a broken frame. */
function overHttp2(run: Run, upstream: UpstreamRequest): Move {
  if (upstream.httpVersion !== '2' || !run.nginx.since(SINCE.proxyHttp2)) return null;
  const setting = settingHere(run, 'proxy_http_version');
  return answer(502, fault('http-version', setting, 'HTTP/2'));
}

/** Whether the client asks for a WebSocket at all: nginx opens the tunnel for any request with an Upgrade header. */
export function isHandshake(run: Run): boolean {
  return headerValue(run, 'upgrade') !== null;
}

/** Directives that an include which was not read could hold, at a level that decides. */
function unreadSettings(run: Run): readonly string[] {
  if (run.configuration.brokenIncludes.length === 0) return [];
  return ['proxy_set_header', 'proxy_http_version', 'proxy_pass_request_headers'].filter(
    (name) => effective(run.scope, name).origin === 'unknown',
  );
}

/** What further lines of proxy_set_header could mend. A wrong or doubled line stays what it is. */
const MENDED: ReadonlySet<string> = new Set([
  'upgrade-missing',
  'connection-missing',
  'connection-wrong',
  'host-missing',
  'key-missing',
  'sec-version-missing',
]);

/** Whether an include that was not read could hold what is missing: then nothing is certain. */
function suppliedBy({ kind, setting }: Fault, unread: readonly string[]): boolean {
  if (MENDED.has(kind)) return unread.includes('proxy_set_header');
  return kind === 'http-version' && setting === null && unread.includes('proxy_http_version');
}

/** What nginx answers before the backend has said anything. */
function withoutAsking(run: Run, module: Module, pass: Setting, host: string | null): Move {
  const down = host === null ? null : allDown(run.configuration, host);
  if (down !== null) return answer(502, fault('no-live-server', down, `every server of ${host} is down: 502`));
  const timeout = instantTimeout(run, module, pass, host);
  return timeout === null ? null : answer(504, timeout);
}

/** A timeout of 0 fires at once (measured: groundtruth 14l, 14m); to connect to a unix socket takes no time at all. */
function instantTimeout(run: Run, module: Module, pass: Setting, host: string | null): Fault | null {
  const { connectTimeout, readTimeout } = NAMES[module];
  const connects = host === null || socketsBehind(run.configuration.http, host) === 'none';
  return (connects ? atOnce(run, connectTimeout, pass) : null) ?? atOnce(run, readTimeout, pass);
}

function atOnce(run: Run, name: string, pass: Setting): Fault | null {
  const setting = settingHere(run, name);
  const value = setting?.directive.args[0];
  if (value === undefined || parseMilliseconds(value) !== 0) return null;
  return fault('instant-timeout', setting ?? pass, `${name} ${value}: 504 at once`);
}

/** uwsgi and scgi carry every header as a variable, Upgrade and Connection too: the tunnel opens by itself. */
function gateway(run: Run, pass: Setting, module: Module): Passed {
  const name = argument(pass, 0);
  const instead = withoutAsking(run, module, pass, isUnixAddress(name) ? name : name.replace(/:\d+$/, ''));
  const { passRequestHeaders } = NAMES[module];
  const passed = settingHere(run, passRequestHeaders);
  const off = isHandshake(run) && passed?.directive.args[0]?.toLowerCase() === 'off';
  const withheld = off ? [fault('upgrade-missing', passed, `${passRequestHeaders} off`)] : [];
  const response = isHandshake(run) ? judgeResponse(run, module) : { faults: [], unknowns: [] };
  return {
    pass,
    upstream: null,
    faults: [...withheld, ...response.faults],
    unknowns: response.unknowns,
    instead,
  };
}

/** fastcgi never forwards a 101; gRPC and memcached speak something else than the backend (measured: 26a, 26c). */
function otherModule(pass: Setting, name: string): Passed | Move {
  if (name !== 'grpc_pass' && name !== 'fastcgi_pass' && name !== 'memcached_pass')
    return cannotKnow(`what ${name} does`);
  const cause = fault('wrong-module', pass, `${name} cannot carry a WebSocket`);
  const instead = name === 'grpc_pass' ? answer(502, cause) : null;
  return { pass, upstream: null, faults: [cause], unknowns: [], instead };
}

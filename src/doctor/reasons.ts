import type { FaultKind } from '../handshake/types';
import { effective } from '../model/effective';
import type { HopReport } from '../probe/types';
import { diagnosticLine, settingLine, type StaticAnswer } from './knowledge';

/** Faults that some servers put up with: the strict reading fails, theirs does not. */
const LENIENT: ReadonlySet<FaultKind> = new Set([
  'http-version',
  'upgrade-twice',
  'connection-close',
  'host-twice',
  'host-missing',
]);

/** A refusal that a backend may give to a handshake that reaches it spoilt. */
export function isBackends({ status, nginxPage }: HopReport): boolean {
  return !nginxPage && status !== null && [200, 400, 403, 404, 405, 426, 500, 501, 505].includes(status);
}

/** Why what happened may differ from what the configuration says: what there is evidence for, the likeliest first. */
export function reasons(answer: StaticAnswer, front: HopReport, onThisMachine: boolean | null): readonly string[] {
  const found = [...elsewhere(answer, front, onThisMachine), ...runTime(answer, front), ...reading(answer, front)];
  const unnamed =
    front.headers.length > 0 && front.products.length === 0
      ? ['another server may be in front: the answer does not name nginx']
      : [];
  // Nothing shows an older configuration: it is what is left where nothing else explains the difference.
  return found.length > 0 ? [...found, ...unnamed] : [...unnamed, OLDER];
}

const OLDER =
  'nginx runs with an older configuration than these files, or with other files: nginx -t && nginx -s reload; nginx -T shows the files';

/** These files are not what answered. */
function elsewhere(answer: StaticAnswer, front: HopReport, onThisMachine: boolean | null): readonly string[] {
  const { knowledge } = answer;
  const found: string[] = [];
  const refusing = knowledge.result.refusals()[0];
  if (refusing !== undefined) {
    const { file, line } = diagnosticLine(knowledge, refusing);
    found.push(`nginx refuses these files (${file}:${line}: ${refusing.message}), so it runs with what it had before`);
  }
  if (knowledge.live && onThisMachine === false) {
    found.push(`DNS: the name leads to ${front.address ?? 'another address'}, which is no address of this machine`);
  }
  const others = front.products.filter((product) => product !== 'nginx');
  if (others.length > 0) found.push(`another server is in front: ${others.join(', ')}`);
  return found;
}

/** What decides only when a request comes, so that no configuration tells it. */
function runTime(answer: StaticAnswer, front: HopReport): readonly string[] {
  if (front.outcome === 'switches') return [];
  if (front.status === 101) return ['the backend’s own 101 is at fault, or it ended the connection: --direct shows it'];
  switch (front.cause) {
    case 'closed-before-answer':
      return [
        'the error log says why it was closed: no worker_connections left, client_header_timeout 0, a subrequest that switched, a backend that is no HTTP server',
      ];
    case 'upstream':
      return [NO_BACKEND];
    case 'bad-request':
      return [
        'nginx refused this very request (headers too long or too many, or a test of them): its error log says why',
      ];
    default:
      return front.nginxPage ? byNginx(answer, front) : byBackend(answer, front);
  }
}

const NO_BACKEND =
  'the backend is down, elsewhere, no HTTP server, out of connections (max_conns), or answers what nginx cannot read: the error log says which, the configuration cannot tell that';

/** Directives by which nginx itself may have given this status. */
const BY_NGINX: Readonly<Record<number, readonly string[]>> = {
  401: ['auth_request', 'auth_basic'],
  403: ['auth_request'],
  429: ['limit_conn', 'limit_req'],
  500: ['auth_request'],
  503: ['limit_conn', 'limit_req'],
};

function byNginx(answer: StaticAnswer, { status }: HopReport): readonly string[] {
  const named = inEffect(answer, BY_NGINX[status ?? 0] ?? []);
  if (named.length > 0) return named.map((text) => `${text} may have given the ${status ?? ''}: the error log says so`);
  return status === 500
    ? ['nginx failed at run time (no file descriptors, a variable): its error log has the line']
    : [];
}

function byBackend(answer: StaticAnswer, { status }: HopReport): readonly string[] {
  if (status === null || answer.outcome.outcome !== 'switches') return [];
  if (status !== 200)
    return [
      'the backend refuses for reasons of its own (path, Origin, authentication), or an error_page stands for nginx’s refusal',
    ];
  const caches = inEffect(answer, ['proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache']);
  if (caches.length > 0) return caches.map((text) => `${text} may have answered from the cache (cached-handshake)`);
  return ['the backend answers with a page: this path is not its endpoint, or Upgrade is refused there'];
}

/** `auth_request /auth (a.conf:9)` of those that apply where the request ends. */
function inEffect({ outcome }: StaticAnswer, names: readonly string[]): readonly string[] {
  const scope = outcome.inIf ?? outcome.location ?? outcome.server;
  const settings = scope === null ? [] : names.flatMap((name) => effective(scope, name).settings.slice(0, 1));
  return settings
    .filter(({ directive }) => directive.args[0] !== 'off')
    .map((setting) => `${setting.directive.name} ${setting.directive.args.join(' ')} (${settingLine(setting)})`);
}

/** The simulation reads strictly, and for every version. */
function reading({ outcome, dependsOnVersion }: StaticAnswer, front: HopReport): readonly string[] {
  const found: string[] = [];
  const kinds = outcome.faults.map(({ kind }) => kind);
  if (outcome.outcome === 'fails' && front.outcome === 'switches' && kinds.every((kind) => LENIENT.has(kind))) {
    found.push('this backend puts up with what others refuse');
  }
  if (dependsOnVersion) found.push('nginx versions differ here: state yours with --nginx-version');
  return found;
}

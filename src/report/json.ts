import type { Diagnostic, FixRecord, LintResult, RouteVerdict } from '../lint/result';
import { maskHeader, maskText } from '../lint/secrets';
import { locationWords } from '../model/location-words';
import type { Scope, Setting } from '../model/scope';
import { isKnown } from '../model/value';
import type { Value } from '../model/value';
import { formatVersion } from '../model/version';
import type { UpstreamRequest } from '../handshake/types';
import { jsonText } from './json-text';
import { positionIn, fileLine, masker, routeId, scopeLine, serverListens, serverNames } from './places';
import type { FileLine } from './places';
import type { Report, ReportOptions } from './report';
import { firefoxJson } from './firefox';
import { countsOf, filesOf, shown } from './counts';

/** The contract of docs/json.md; schema/nginx-ws-lint.schema.json describes it. */
export function json(report: Report, options: ReportOptions): string {
  return jsonText(jsonReport(report, options, (...route) => ({ toJSON: () => routeJson(...route) })));
}

/** `routed` tells a route: the text has each made as it comes to it, so that thousands are never there at once. */
export function jsonReport(
  report: Report,
  options: ReportOptions,
  routed: (...route: Parameters<typeof routeJson>) => object = routeJson,
): object {
  const { results, tool } = report;
  return {
    schemaVersion: 1,
    tool,
    nginxVersion: commonVersion(results),
    roots: results.map(({ root }) => root),
    files: filesOf(results),
    notes: results.flatMap(({ notes }) => notes),
    problems: results.flatMap(({ problems }) => problems),
    findings: results.flatMap((result, index) => {
      const all = options.quiet ? shown(result, true) : result.diagnostics;
      return all.map((diagnostic) => findingJson(diagnostic, { report, result, index, options }));
    }),
    routes: results.flatMap((result, index) => {
      return result.routes.map((verdict) => routed(verdict, routeId(results, index, verdict.route.id), options));
    }),
    fixes: results.flatMap(fixesJson),
    summary: countsOf(results),
  };
}

export function commonVersion(results: readonly LintResult[]): string | null {
  const versions = new Set(results.map(({ nginxVersion }) => nginxVersion));
  const [version] = versions;
  return versions.size === 1 && version != null ? formatVersion(version) : null;
}

interface FindingPlace {
  readonly report: Report;
  readonly result: LintResult;
  readonly index: number;
  readonly options: ReportOptions;
}

function findingJson(diagnostic: Diagnostic, { report, result, index, options }: FindingPlace): object {
  const mask = masker(options.showSecrets);
  const point = (file: string, offset: number): object => ({ ...positionIn(result.sources, file, offset), offset });
  const span = ({ file, start, end }: { file: string; start: number; end: number }): object => {
    return { file, start: point(file, start), end: point(file, end) };
  };
  const { rule, severity, message, why, help, routes, certainty, related, notes, fix, ignored } = diagnostic;
  return {
    rule,
    severity,
    message: mask(message),
    ...span(diagnostic),
    routes: routes.map(({ id }) => routeId(report.results, index, id)),
    breaks: diagnostic.breaks,
    refuses: diagnostic.refuses,
    certainty,
    related: related.map((one) => ({ ...span(one), message: mask(one.message) })),
    via: diagnostic.via.map(span),
    why: why === null ? null : mask(why),
    notes: notes.map(mask),
    help: help === null ? null : mask(help),
    docs: report.docs(rule),
    fix: fix && {
      title: fix.title,
      safety: fix.safety,
      edits: fix.edits.map((edit) => ({ ...span(edit), text: edit.text })),
    },
    ignored,
  };
}

/** What the fixer did; without it, what it could do. */
function fixesJson({ fixes, diagnostics }: LintResult): readonly object[] {
  if (fixes.length > 0) return fixes.map(fixRecordJson);
  return diagnostics.flatMap(({ fix, ignored, rule, file }) =>
    fix === null || ignored !== null
      ? []
      : [
          {
            rule,
            title: fix.title,
            file,
            files: [],
            state: 'available',
            safety: fix.safety,
            reason: null,
            proof: null,
          },
        ],
  );
}

function fixRecordJson({ rule, title, file, files, state, safety, reason, proof }: FixRecord): object {
  return { rule, title, file, files, state, safety, reason, proof };
}

export function routeJson(verdict: RouteVerdict, id: string, options: ReportOptions): object {
  const { route, url } = verdict;
  const { serves, reasons, hints } = route.websocket;
  return {
    id,
    server: serverJson(route.server),
    location: locationJson(route.location),
    if: route.inner?.kind === 'if' ? scopeLine(route.inner) : null,
    via: chain(route.pass),
    proxyPass: {
      ...fileLine(route.pass),
      directive: route.pass.directive.name,
      value: masker(options.showSecrets)(route.pass.directive.args.join(' ')),
    },
    websocket: { serves, evidence: serves === 'no' ? hints : reasons },
    url,
    handshake: handshakeJson(verdict, options),
  };
}

function serverJson(server: Scope): object {
  const place = scopeLine(server);
  const file = place?.file ?? null;
  return { file, line: place?.line ?? null, names: serverNames(server), listen: serverListens(server) };
}

export function locationJson(location: Scope | null): object | null {
  const place = scopeLine(location);
  if (location === null || place === null) return null;
  const { modifier, pattern } = locationWords(location);
  return { file: place.file, line: place.line, modifier, pattern };
}

function chain(setting: Setting): readonly FileLine[] {
  const places: FileLine[] = [];
  for (let include = setting.via; include !== null; include = include.via) places.push(fileLine(include));
  return places;
}

function handshakeJson(verdict: RouteVerdict, options: ReportOptions): object {
  const { handshake, firefox, causes } = verdict;
  if (handshake === null) return { outcome: 'unknown', status: null, causes: [], upstream: null };
  const { outcome, status, upstream } = handshake;
  const sent = upstream === null ? null : upstreamJson(upstream, options.showSecrets);
  return { outcome, status, causes, upstream: sent, ...firefoxJson(firefox) };
}

/** `asked` is the URL that the user gave: what stands in it is no secret of the configuration. */
export function upstreamJson(upstream: UpstreamRequest, showSecrets: boolean, asked = ''): object {
  return {
    method: known(upstream.method),
    uri: known(showSecrets ? upstream.uri : maskedUri(upstream.uri, asked)),
    httpVersion: upstream.httpVersion,
    headers: upstream.headers.map(({ name, value, setting }) => {
      const text = known(value);
      return [name, text === null || showSecrets || setting === null ? text : maskHeader(name, text)];
    }),
  };
}

export function maskedUri(uri: Value, asked: string): Value {
  if (!isKnown(uri)) return uri;
  const query = uri.slice(uri.indexOf('?') + 1);
  return query !== uri && asked.includes(query) ? uri : maskText(uri);
}

/** Null: known at run time only. */
function known(value: Value): string | null {
  return isKnown(value) ? value : null;
}

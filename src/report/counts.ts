import type { Diagnostic, LintResult, RouteVerdict } from '../lint/result';
import { ruleIds } from '../lint/verdicts';

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly ignored: number;
  /** Fixes that were written, or would be by the diff. */
  readonly fixed: number;
  readonly fixable: { readonly safe: number; readonly unsafe: number };
}

export function countsOf(results: readonly LintResult[]): Counts {
  const open = results.flatMap((result) => result.diagnostics.filter(({ ignored }) => ignored === null));
  const all = results.reduce((sum, result) => sum + result.diagnostics.length, 0);
  const of = (severity: Diagnostic['severity']): number => open.filter((one) => one.severity === severity).length;
  const fixes = results.flatMap((result) => result.fixes);
  return {
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    ignored: all - open.length,
    fixed: fixes.filter(({ state }) => state === 'applied').length,
    fixable:
      fixes.length > 0 ? tally(fixes.filter(({ state }) => state === 'available')) : tally(open.map(({ fix }) => fix)),
  };
}

/** After fixing, the fixer's records tell what it could still do: some of what a finding offers did not stand the proof. */
function tally(fixes: readonly ({ readonly safety: 'safe' | 'unsafe' } | null)[]): Counts['fixable'] {
  const of = (safety: string): number => fixes.filter((fix) => fix?.safety === safety).length;
  return { safe: of('safe'), unsafe: of('unsafe') };
}

export interface RouteCounts {
  readonly all: number;
  readonly websocket: number;
  readonly switches: number;
  readonly fails: number;
  readonly unknown: number;
}

/** All proxying routes, and what becomes of handshakes on those that serve WebSocket. */
export function routeCounts(results: readonly LintResult[]): RouteCounts {
  const counts = { all: 0, websocket: 0, switches: 0, fails: 0, unknown: 0 };
  for (const { routes, alike = [] } of results) {
    for (const { verdicts, times } of [{ verdicts: routes, times: 1 }, ...alike]) {
      for (const verdict of verdicts) {
        counts.all += times;
        if (verdict.route.websocket.serves === 'no') continue;
        counts.websocket += times;
        counts[outcomeOf(verdict)] += times;
      }
    }
  }
  return counts;
}

export function outcomeOf(verdict: RouteVerdict): 'switches' | 'fails' | 'unknown' {
  return verdict.handshake?.outcome ?? 'unknown';
}

/** Why a route's outcome cannot be known; an error may say all the same why it serves nobody. */
export function unknownText({ handshake, because }: RouteVerdict): string {
  const why = handshake?.unknowns[0] ?? 'no request was found that reaches it';
  return because.length === 0 ? why : `${why} (see ${ruleIds(because).join(', ')})`;
}

/** Files of all roots, each once. */
export function filesOf(results: readonly LintResult[]): number {
  const files = new Set<string>();
  for (const result of results) for (const file of result.sources.keys()) files.add(file);
  return files.size;
}

/** What is shown: not what is ignored, and with --quiet errors only. */
export function shown(result: LintResult, quiet: boolean): readonly Diagnostic[] {
  return result.diagnostics.filter(({ ignored, severity }) => ignored === null && (!quiet || severity === 'error'));
}

/** `1 error`, `2 errors`. */
/** Nothing of what was named could be read: there is nothing to sum up. */
export function nothingRead(results: readonly Pick<LintResult, 'sources' | 'problems'>[]): boolean {
  return results.every(({ sources }) => sources.size === 0) && results.some(({ problems }) => problems.length > 0);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

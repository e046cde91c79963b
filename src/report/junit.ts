import type { Diagnostic, LintResult, RouteVerdict } from '../lint/result';
import { outcomeOf, shown, unknownText } from './counts';
import { visible } from './display';
import { refusalText } from './failure';
import { routeName } from './finding';
import { RANK } from './ordered';
import { fileLine, masker, placeName, positionIn } from './places';
import type { Report, ReportOptions } from './report';
import { storyLines } from './story';
import { XML_HEAD, xmlAttributes, xmlText } from './xml';

interface Case {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly xml: string;
}

/**
 * JUnit's XML as Jenkins and GitLab read it. A suite per file, in which findings that fail the run are failures and
 * others pass with their text; and a suite of handshakes, one case for each route that serves WebSocket.
 */
export function junit(report: Report, options: ReportOptions): string {
  const suites = [...fileSuites(report, options), ...problemSuites(report)];
  for (const result of report.results)
    suites.push(suite(`WebSocket handshakes of ${result.root}`, handshakes(result, options)));
  const all = suites.flatMap(({ cases }) => cases);
  return `${XML_HEAD}<testsuites${xmlAttributes({ name: 'nginx-ws-lint', ...tally(all) })}>\n${suites
    .map(({ xml }) => xml)
    .join('')}</testsuites>\n`;
}

interface Suite {
  readonly cases: readonly Case[];
  readonly xml: string;
}

function suite(name: string, cases: readonly Case[]): Suite {
  const attributes = xmlAttributes({ name, ...tally(cases), skipped: count(cases, 'skipped') });
  return { cases, xml: `  <testsuite${attributes}>\n${cases.map(({ xml }) => xml).join('')}  </testsuite>\n` };
}

function tally(cases: readonly Case[]): { readonly tests: number; readonly failures: number; readonly errors: number } {
  return { tests: cases.length, failures: count(cases, 'failed'), errors: 0 };
}

function count(cases: readonly Case[], wanted: Case['state']): number {
  return cases.filter(({ state }) => state === wanted).length;
}

/** A file without findings is one case that passes. */
function fileSuites({ results }: Report, options: ReportOptions): Suite[] {
  const files = new Map<string, Case[]>();
  for (const result of results) {
    for (const file of result.sources.keys()) if (!files.has(file)) files.set(file, []);
    for (const diagnostic of shown(result, options.quiet)) {
      const cases = files.get(diagnostic.file) ?? [];
      if (cases.length === 0) files.set(diagnostic.file, cases);
      cases.push(findingCase(diagnostic, result, options));
    }
  }
  return [...files].map(([file, cases]) => suite(file, cases.length === 0 ? [cleanFile(file)] : cases));
}

function cleanFile(file: string): Case {
  return { state: 'passed', xml: `    <testcase${xmlAttributes({ name: 'no findings', classname: file, file })}/>\n` };
}

function findingCase(diagnostic: Diagnostic, result: LintResult, options: ReportOptions): Case {
  const { rule, message, severity, file, start } = diagnostic;
  const { line, column } = positionIn(result.sources, file, start);
  const mask = masker(options.showSecrets);
  const attributes = xmlAttributes({ name: `${rule} at ${line}:${column}`, classname: file, file, line });
  const lines = [
    `${visible(placeName(result.sources, diagnostic))}: ${severity}: ${visible(mask(message))} [${rule}]`,
    ...storyLines(diagnostic, result, mask),
  ];
  const text = xmlText(lines.join('\n'));
  if (!counts(diagnostic, options)) {
    return {
      state: 'passed',
      xml: `    <testcase${attributes}>\n      <system-out>${text}</system-out>\n    </testcase>\n`,
    };
  }
  const failure = xmlAttributes({ message: mask(message), type: severity });
  return {
    state: 'failed',
    xml: `    <testcase${attributes}>\n      <failure${failure}>${text}</failure>\n    </testcase>\n`,
  };
}

/** Whether it makes the exit status 1. */
function counts({ severity, ignored }: Diagnostic, { failOn = 'error' }: ReportOptions): boolean {
  return ignored === null && RANK[severity] <= RANK[failOn];
}

/** What could not be read: the run says nothing of it. */
function problemSuites({ results }: Report): Suite[] {
  const problems = results.flatMap((result) => result.problems);
  if (problems.length === 0) return [];
  const cases = problems.map(({ file, message }): Case => {
    const attributes = xmlAttributes({ name: file ?? 'nginx-ws-lint', classname: 'input' });
    const failure = xmlAttributes({ message, type: 'problem' });
    return { state: 'failed', xml: `    <testcase${attributes}>\n      <failure${failure}/>\n    </testcase>\n` };
  });
  return [suite('what could not be read', cases)];
}

function handshakes(result: LintResult, options: ReportOptions): readonly Case[] {
  const failing = new Map<object, Diagnostic[]>();
  const counted = result.diagnostics.filter((diagnostic) => counts(diagnostic, options));
  const refusing = counted.filter(({ refuses }) => refuses);
  for (const diagnostic of counted) {
    if (!diagnostic.breaks || diagnostic.refuses) continue;
    for (const route of diagnostic.routes) failing.set(route, [...(failing.get(route) ?? []), diagnostic]);
  }
  return result.routes
    .filter(({ route }) => route.websocket.serves !== 'no')
    .map((verdict) => handshakeCase(verdict, result, [...refusing, ...(failing.get(verdict.route) ?? [])], options));
}

/** A handshake that fails without a finding that counts (access control, an ignored finding) is said, and fails nothing. */
function handshakeCase(
  verdict: RouteVerdict,
  result: LintResult,
  causes: readonly Diagnostic[],
  options: ReportOptions,
): Case {
  const { route, url } = verdict;
  const mask = masker(options.showSecrets);
  const name = url === null ? routeName(route, result) : `${routeName(route, result)} (${url})`;
  const attributes = xmlAttributes({ name, classname: result.root, ...fileLine(route.pass) });
  const outcome = outcomeOf(verdict);
  if (outcome === 'switches') return { state: 'passed', xml: `    <testcase${attributes}/>\n` };
  if (outcome === 'fails' && causes.length > 0) {
    const lines = causes.map((cause) => `${placeName(result.sources, cause)}: ${mask(cause.message)} [${cause.rule}]`);
    const failure = xmlAttributes({ message: 'the handshake fails', type: 'handshake' });
    const text = xmlText(lines.map(visible).join('\n'));
    return {
      state: 'failed',
      xml: `    <testcase${attributes}>\n      <failure${failure}>${text}</failure>\n    </testcase>\n`,
    };
  }
  const why = outcome === 'unknown' ? unknownText(verdict) : failing(verdict, result);
  const skipped = xmlAttributes({ message: `${outcome}: ${mask(why)}` });
  return { state: 'skipped', xml: `    <testcase${attributes}>\n      <skipped${skipped}/>\n    </testcase>\n` };
}

function failing({ handshake }: RouteVerdict, result: LintResult): string {
  const [refusal] = result.refusals();
  if (refusal !== undefined) return refusalText(refusal, result);
  return handshake?.faults.map(({ detail }) => detail).join('; ') ?? '';
}

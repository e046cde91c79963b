import type { Lengths, LogGroup, LogSummary } from './types';

/** A finding of the linter that a group of lines comes from. */
export interface LogFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

export interface LogReportGroup {
  readonly id: string;
  readonly source: 'nginx' | 'access' | 'foreign';
  readonly weight: 'breaks' | 'drops' | 'harmless';
  readonly count: number;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  readonly rules: readonly { readonly id: string; readonly docs: string | null }[];
  readonly path: string | null;
  readonly host: string | null;
  readonly server: string | null;
  readonly upstream: string | null;
  readonly level: string | null;
  readonly status: number | null;
  readonly seconds: Lengths | null;
  /** False: it may concern a WebSocket, or plain requests alone. */
  readonly certain: boolean;
  readonly first: string | null;
  readonly last: string | null;
  readonly file: string;
  readonly line: number;
  readonly sample: string;
  /** With a configuration: the server and location that take the path. */
  readonly places: readonly string[];
  /** With a configuration: what the linter says there. */
  readonly findings: readonly LogFinding[];
}

/** What `logs --format json` prints; fields may be added. */
export interface LogReport {
  readonly schemaVersion: 1;
  readonly files: readonly string[];
  readonly lines: number;
  readonly errorLines: number;
  readonly accessLines: number;
  readonly otherLines: number;
  readonly unknownLines: number;
  readonly switched: number;
  readonly merged: boolean;
  readonly groups: readonly LogReportGroup[];
}

/** Where a group's request goes by the configuration, and what is wrong there. */
export interface LogPlace {
  readonly places: readonly string[];
  readonly findings: readonly LogFinding[];
}

export type Locate = (group: LogGroup) => LogPlace;

const NOWHERE: LogPlace = { places: [], findings: [] };

export function logReport(
  summary: LogSummary,
  files: readonly string[],
  docs: (rule: string) => string | null,
  locate: Locate = () => NOWHERE,
): LogReport {
  const { lines, errorLines, accessLines, otherLines, unknownLines, switched, merged } = summary;
  const groups = summary.groups.map((group) => reportGroup(group, docs, locate(group)));
  return {
    schemaVersion: 1,
    files,
    lines,
    errorLines,
    accessLines,
    otherLines,
    unknownLines,
    switched,
    merged,
    groups,
  };
}

function reportGroup(group: LogGroup, docs: (rule: string) => string | null, place: LogPlace): LogReportGroup {
  const { signature, ...facts } = group;
  const { id, source, weight, title, cause, fix, rules } = signature;
  const linked = rules.map((rule) => ({ id: rule, docs: docs(rule) }));
  return { id, source, weight, title, cause, fix, ...facts, rules: linked, ...place };
}

import type { Diagnostic, LintResult } from '../lint/result';
import { countsOf } from '../report/counts';
import type { NextStep } from '../report/report';
import { DEFAULT_BASELINE } from './baseline-file';
import type { Invocation } from './invocation';
import { OPTIONS } from './option-table';

export interface Ran {
  readonly live: boolean;
  /** Takes back what was written. */
  readonly undo: string | null;
  /** The configuration file's. */
  readonly baseline: string | null;
}

/** What a person may want to do after this run. */
export function nextSteps(call: Invocation, results: readonly LintResult[], ran: Ran): readonly NextStep[] {
  if (call.flag('fix') && !call.flag('diff')) return afterFixing(results, ran);
  if (call.flag('write-baseline')) return withBaseline(call, results, ran);
  if (call.flag('diff') || call.operands.includes('-')) return [];
  const worth = results.flatMap(({ diagnostics }) => diagnostics.filter(isWorthFixing));
  if (worth.length === 0) return [];
  const more = worth.some(({ fix }) => fix?.safety === 'safe') ? '' : '--unsafe-fixes ';
  const rest = again(call);
  return [
    { command: `nginx-ws-lint --diff ${more}${rest}`.trimEnd(), what: 'shows the fixes, writes nothing' },
    { command: `nginx-ws-lint --fix ${more}${rest}`.trimEnd(), what: 'writes them' },
  ];
}

/** Nobody is sent to change a configuration for an info. */
function isWorthFixing({ fix, ignored, severity }: Diagnostic): boolean {
  return fix !== null && ignored === null && severity !== 'info';
}

/** With what was just written; the configuration file's is in force by itself. */
function withBaseline(call: Invocation, results: readonly LintResult[], { baseline }: Ran): readonly NextStep[] {
  if (results.some(({ problems }) => problems.length > 0)) return [];
  const named = call.value('baseline') ?? (baseline === null ? DEFAULT_BASELINE : null);
  const option = named === null ? '' : `--baseline ${shellWord(named)} `;
  return [{ command: `nginx-ws-lint ${option}${again(call)}`.trimEnd(), what: 'reports what is new' }];
}

function afterFixing(results: readonly LintResult[], { live, undo }: Ran): readonly NextStep[] {
  if (countsOf(results).fixed === 0) return [];
  return [
    {
      command: 'nginx -t && systemctl reload nginx',
      what: live ? 'nginx goes by the old configuration until then' : 'where this configuration is deployed',
    },
    ...(undo === null ? [] : [{ command: undo, what: 'undoes it' }]),
  ];
}

/** The options that say what is read and checked, and the paths, for a shell. */
function again(call: Invocation): string {
  const words: string[] = [];
  for (const { name, kind, group } of OPTIONS) {
    if ((group !== 'What to read' && group !== 'What to check' && name !== 'config') || !call.given(name)) continue;
    if (call.negated(name)) words.push(`--no-${name}`);
    else if (kind === 'flag') words.push(`--${name}`);
    else
      for (const value of kind === 'list' ? call.list(name) : [call.value(name) ?? '']) words.push(`--${name}`, value);
  }
  return [...words, ...call.operands].map(shellWord).join(' ');
}

/** A word as a POSIX shell takes it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

import type { LintResult } from '../lint/result';
import { nearest } from '../model/distance';
import type { Problem } from '../model/workspace';
import { visible } from '../report/display';
import { tolerance } from './invocation';
import type { Io } from './io';
import { COMMANDS } from './option-table';

/** What could not be read, or went wrong: on standard error, one line each. */
export function reportProblems(
  io: Io,
  results: readonly Pick<LintResult, 'problems'>[],
  operands: readonly string[],
): void {
  for (const { problems } of results) for (const problem of problems) io.stderr(problemLine(problem, operands));
}

function problemLine({ file, message }: Problem, operands: readonly string[]): string {
  const where = file === null ? '' : `${file}: `;
  return `nginx-ws-lint: ${visible(where + message)}${commandHint(message, operands)}\n`;
}

/** `trcae wss://...` reads as two paths. */
function commandHint(message: string, operands: readonly string[]): string {
  const [first = ''] = operands;
  if (!message.startsWith('no such file') || !/^[a-z]+$/.test(first)) return '';
  const command = nearest(first, COMMANDS, tolerance(first));
  return command === null ? '' : `; did you mean the command ${command}?`;
}

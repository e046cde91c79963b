import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { Environment } from './inputs';

/** What a step may append to its summary; the runner drops one that is larger as a whole. */
const MOST_SUMMARY = 1024 * 1024;

/** Sets an output of the step. The value may hold anything: the runner reads up to a line that cannot be in it. */
export function setOutput(env: Environment, name: string, value: string | number): void {
  const file = env['GITHUB_OUTPUT'] ?? '';
  const end = `end-${randomUUID()}`;
  if (file !== '') appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
}

/** Appends to the job's summary, whole lines as far as there is room. */
export function addSummary(env: Environment, text: string): void {
  const file = env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') appendFileSync(file, fitting(text));
}

export function fitting(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MOST_SUMMARY) return text;
  const more = '\n\nThe rest does not fit here: it is in the log.\n';
  const room = bytes.subarray(0, MOST_SUMMARY - more.length);
  return room.subarray(0, room.lastIndexOf(0x0a)).toString() + more;
}

/** After `::command::`; the runner undoes these three. */
export function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Runs something whose output may quote files: nothing in it counts as a command to the runner. */
export function withoutCommands(print: (text: string) => void, work: () => void): void {
  const token = randomUUID();
  print(`::stop-commands::${token}\n`);
  try {
    work();
  } finally {
    print(`::${token}::\n`);
  }
}

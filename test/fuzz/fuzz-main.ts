import fc from 'fast-check';
import { parentPort, workerData } from 'node:worker_threads';
import { anyInput } from './arbitrary';
import type { Input } from './arbitrary';
import { minimise } from './minimise';
import { samplesIn } from './samples';
import { TARGETS } from './targets';

/** What scripts/fuzz.mjs hands to each of its threads. */
export interface Job {
  readonly seed: number;
  readonly targets: readonly string[];
  readonly samples: readonly string[];
  /** A time after which nothing new is begun. */
  readonly until: number;
  /** An input to judge, instead of fresh ones. */
  readonly input?: Input;
}

/** `begin` comes before an input is judged: who hears nothing after it knows what hangs. */
export type Message =
  | { readonly kind: 'begin'; readonly target: string; readonly input: Input }
  | { readonly kind: 'end'; readonly target: string; readonly milliseconds: number }
  | {
      readonly kind: 'found';
      readonly target: string;
      readonly input: Input;
      readonly small: Input;
      readonly what: string;
    };

/** Inputs drawn at once. */
const BATCH = 20;
const MINIMISE_MS = 30_000;

export function work(): void {
  const job = workerData as Job;
  const say = (message: Message): void => parentPort?.postMessage(message);
  if (job.input !== undefined) {
    for (const target of job.targets) judge(target, job.input, say);
    return;
  }
  const arbitrary = anyInput(samplesIn(job.samples));
  for (let seed = job.seed; Date.now() < job.until; seed++) {
    for (const input of fc.sample(arbitrary, { seed, numRuns: BATCH })) {
      for (const target of job.targets) if (Date.now() < job.until) judge(target, input, say);
    }
  }
}

function judge(target: string, input: Input, say: (message: Message) => void): void {
  say({ kind: 'begin', target, input });
  const started = performance.now();
  const what = complaint(target, input);
  say({ kind: 'end', target, milliseconds: performance.now() - started });
  if (what === null) return;
  const small = minimise(input, (other) => kindOf(complaint(target, other) ?? '') === kindOf(what), MINIMISE_MS);
  say({ kind: 'found', target, input, small, what: complaint(target, small) ?? what });
}

function complaint(target: string, input: Input): string | null {
  try {
    TARGETS[target]?.(input);
    return null;
  } catch (error) {
    return error instanceof Error
      ? `${error.message}\n${(error.stack ?? '').split('\n').slice(1, 5).join('\n')}`
      : String(error);
  }
}

/** Without what varies: numbers, names. */
export function kindOf(what: string): string {
  return (what.split('\n')[0] ?? '').replace(/"[^"]*"|\d+/g, '_').slice(0, 60);
}

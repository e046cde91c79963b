import { parentPort, workerData } from 'node:worker_threads';
import { findBinary, nginxVersion } from '../live/nginx';
import type { Input } from './arbitrary';
import { kindOf } from './fuzz-main';
import type { Job, Message } from './fuzz-main';
import { minimise } from './minimise';
import { mutatedTree } from './mutated-trees';
import { judgeByNginx } from './nginx-judge';

const MINIMISE_MS = 60_000;

/** scripts/fuzz.mjs --nginx: mutated trees, fixed, each asked of nginx before and after. */
export function work(): void {
  const { seed: first, until, input } = workerData as Job;
  const binary = findBinary();
  if (binary === null) throw new Error('no nginx found: set NGINX to a binary');
  const version = nginxVersion(binary);
  const complaint = ({ files, seed }: Input): string | null => {
    return judgeByNginx(new Map(Object.entries(files)), seed, version, binary).complaint;
  };
  if (input !== undefined) {
    judge(input, complaint);
    return;
  }
  for (let seed = first; Date.now() < until; seed++) {
    judge({ files: Object.fromEntries(mutatedTree(seed)), seed }, complaint);
  }
}

function judge(input: Input, complaint: (input: Input) => string | null): void {
  const say = (message: Message): void => parentPort?.postMessage(message);
  say({ kind: 'begin', target: 'nginx', input });
  const started = performance.now();
  const what = complaint(input);
  say({ kind: 'end', target: 'nginx', milliseconds: performance.now() - started });
  if (what === null) return;
  const small = minimise(input, (other) => kindOf(complaint(other) ?? '') === kindOf(what), MINIMISE_MS);
  say({ kind: 'found', target: 'nginx', input, small, what: complaint(small) ?? what });
}

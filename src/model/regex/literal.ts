import type { Node } from './ast';
import { isLetter, setOf } from './charset';
import type { Flags } from './reader';

/** A byte that stands for itself; a letter for both of its cases when case is ignored. */
export function literal(code: number, flags: Flags): Node {
  if (!flags.i || !isLetter(code)) return { kind: 'char', code };
  const small = code | 0x20;
  const set = setOf([
    [small, small],
    [small - 32, small - 32],
  ]);
  return { kind: 'set', set, written: code };
}

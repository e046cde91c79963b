import type { Invocation } from '../invocation';
import type { Io } from '../io';

export function initCommand(_call: Invocation, _io: Io): number {
  return 0;
}

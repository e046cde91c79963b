import { branchOf } from '../model/branches';
import type { Setting } from '../model/scope';
import { step } from './run';
import type { Run } from './run';

/**
 * Whether a directive that would end or turn the request is there at all: a branch of a template may leave it out. What
 * only adds to a block (headers, timeouts) is read as if all branches were written.
 */
export function isWritten(run: Run, setting: Setting): boolean {
  const branch = branchOf(setting);
  if (branch === null) return true;
  const { name } = setting.directive;
  const written = run.choices.decideFor(branch, `a branch of the template decides whether ${name} stands there`, false);
  step(run, `a branch of the template is taken ${written ? '' : 'not '}to write ${name}`, setting);
  return written;
}

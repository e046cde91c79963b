import { branchAt } from '../syntax/branches';
import type { Branch } from '../syntax/branches';
import type { Setting } from './scope';

/**
 * The branch of a template that decides whether a directive stands in its block; null where it stands there whenever
 * the block does.
 */
export function branchOf(setting: Setting): Branch | null {
  const { opener } = setting.scope;
  for (let at: Setting | null = setting; at !== null; at = at.via) {
    const branch = branchAt(at.tree.source, at.directive.start);
    const sameFile = at.via === (opener?.via ?? null);
    if (branch !== null && !(sameFile && opener !== null && holds(branch, opener))) return branch;
    if (sameFile) return null;
  }
  return null;
}

/** Both are known to stand in the branch's file. */
function holds(branch: Branch, { directive }: Setting): boolean {
  return branch.start <= directive.start && directive.start < branch.end;
}

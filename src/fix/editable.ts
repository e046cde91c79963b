import { collide } from '../text/edit';
import type { Change } from './change';
import type { FixContext } from './context';

/** Why these edits must not be made; null when they may. */
export function editableProblem(context: FixContext, changes: readonly Change[]): string | null {
  const { workspace, configuration } = context;
  for (const change of changes) {
    const { file } = change;
    if (!workspace.given.has(file)) return `${file} is outside the given paths`;
    if ((configuration.trees.get(file)?.faults.length ?? 0) > 0) return `${file} has a syntax error`;
    const placeholders = workspace.files.get(file)?.placeholders ?? [];
    if (placeholders.some((span) => collide(change, { ...span, text: '' }))) {
      return 'a placeholder of the template stands there';
    }
  }
  return null;
}

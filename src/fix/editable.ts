import { collide } from '../text/edit';
import type { Change } from './change';
import type { FixContext } from './context';

/** nginx cannot read the file, and says so itself: nothing more needs to be said of its fixes. */
export const UNREADABLE = 'the file has a syntax error';

/** Why these edits must not be made; null when they may. */
export function editableProblem(context: FixContext, changes: readonly Change[]): string | null {
  const { workspace, configuration } = context;
  for (const change of changes) {
    const { file } = change;
    if (!workspace.given.has(file)) return `${file} is outside the given paths`;
    if ((configuration.trees.get(file)?.faults.length ?? 0) > 0) return UNREADABLE;
    const placeholders = workspace.files.get(file)?.placeholders ?? [];
    if (placeholders.some((span) => collide(change, { ...span, text: '' }))) {
      return 'a placeholder of the template stands there';
    }
  }
  return null;
}

import type { LintOptions } from '../lint/linter';
import { isRefusal } from './change';
import { createFixContext } from './context';
import { editsFor } from './plan';

/** Makes edits of single findings, for a linter's options: what a report shows, and an editor applies. */
export function editMaker(options: Pick<LintOptions, 'version'>): NonNullable<LintOptions['editsFor']> {
  return (configuration, workspace, routes) => {
    const context = createFixContext(workspace, configuration, routes, options.version);
    return (plan) => {
      const made = editsFor(context, plan);
      return isRefusal(made) ? null : made;
    };
  };
}

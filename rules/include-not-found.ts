import { enumerate } from '../src/lint/enumerate';
import type { Finding, Rule } from '../src/lint/rule';
import type { BrokenInclude, Setting } from '../src/model/scope';

export default {
  id: 'include-not-found',
  severity: 'warning',
  summary: 'An include names a file that does not exist, or finds a link to one.',
  nginx: `An include without \`*\`, \`?\` or \`[\` must open: nginx refuses the configuration with
\`open() "..." failed (2: No such file or directory)\`. A pattern that matches nothing is fine (ngx_conf_include), but it
matches a symbolic link whose file is gone, and that must open as well: \`sites-enabled/old\` after the site was deleted.
Relative names start at the directory of the main file, wherever the include stands.`,
  exceptions: `It is an error in a live tree, where nginx reads the same files. In a copy of a tree the file may exist on
the server: then it is a warning, and all that the file could set is unknown, so nothing is reported that it could supply.
What stands in place of a deleted site is judged as if it were empty. Nothing is said of a link in a copy that is absolute
or leads out of it: that is meant for the server.`,
  sources: ['src/core/ngx_conf_file.c, ngx_conf_include', 'https://nginx.org/en/docs/ngx_core_module.html#include'],
  fix: null,
  refuses: true,

  *check({ configuration, workspace, routes }) {
    for (const { setting, words, always } of causesOf(configuration.brokenIncludes)) {
      const refused = workspace.live || always;
      yield {
        at: setting,
        word: 1,
        ...words,
        routes: refused ? routes : [],
        severity: refused ? 'error' : 'warning',
        breaks: refused,
        refuses: refused,
      };
    }
  },
} satisfies Rule;

interface Cause {
  readonly setting: Setting;
  readonly words: Pick<Finding, 'message' | 'why' | 'help'>;
  /** In a copy of the tree as well. */
  readonly always: boolean;
}

function causesOf(broken: readonly BrokenInclude[]): readonly Cause[] {
  const causes: Cause[] = [];
  const dangling = new Map<Setting, string[]>(); // the links that one include finds are one cause
  for (const { setting, kind, detail } of broken) {
    if (kind === 'missing') causes.push({ setting, words: missing(detail), always: false });
    if (kind === 'cycle') causes.push({ setting, words: cycle(detail), always: true });
    if (kind !== 'dangling') continue;
    const links = dangling.get(setting);
    if (links !== undefined) links.unshift(detail);
    else dangling.set(setting, [detail]);
  }
  for (const [setting, links] of dangling) causes.push({ setting, words: leadingNowhere(links), always: false });
  return causes;
}

function missing(file: string): Cause['words'] {
  return {
    message: `there is no file ${file}`,
    why: 'nginx refuses the configuration when an include without a wildcard names no file',
    help: 'correct the name; if the file lies elsewhere here than on the server, say so with --map FROM=TO or --allow PATH',
  };
}

function cycle(file: string): Cause['words'] {
  return {
    message: `this include leads back to ${file}, which includes it`,
    why: 'nginx goes round until it runs out of file descriptors and refuses the configuration',
    help: 'take one of the includes out',
  };
}

function leadingNowhere(links: readonly string[]): Cause['words'] {
  const one = links.length === 1;
  return {
    message: `${enumerate(links)} ${one ? 'is a symbolic link' : 'are symbolic links'} to nowhere`,
    why: 'nginx refuses to start: an include opens all that its pattern matches, links too',
    help: one
      ? 'remove the link, or restore the file it leads to'
      : 'remove the links, or restore the files they lead to',
  };
}

import type { Rule } from '../src/lint/rule';

export default {
  id: 'include-not-found',
  severity: 'warning',
  summary: 'An include names a file that does not exist.',
  nginx: `An include without \`*\`, \`?\` or \`[\` must open: nginx refuses the configuration with
\`open() "..." failed (2: No such file or directory)\`. A pattern that matches nothing is fine (ngx_conf_include).
Relative names start at the directory of the main file, wherever the include stands.`,
  exceptions: `It is an error in a live tree, where nginx reads the same files. In a copy of a tree the file may exist on
the server: then it is a warning, and all that the file could set is unknown, so nothing is reported that it could supply.`,
  sources: ['src/core/ngx_conf_file.c, ngx_conf_include', 'https://nginx.org/en/docs/ngx_core_module.html#include'],
  fix: null,
  refuses: true,

  *check({ configuration, workspace, routes }) {
    for (const { setting, kind, detail } of configuration.brokenIncludes) {
      if (kind === 'unread') continue;
      const cycle = kind === 'cycle';
      yield {
        at: setting,
        word: 1,
        message: cycle ? `this include leads back to ${detail}, which includes it` : `there is no file ${detail}`,
        why: cycle
          ? 'nginx goes round until it runs out of file descriptors and refuses the configuration'
          : 'nginx refuses the configuration when an include without a wildcard names no file',
        help: cycle
          ? 'take one of the includes out'
          : 'correct the name; if the file lies elsewhere here than on the server, say so with --map FROM=TO or --allow PATH',
        routes: workspace.live || cycle ? routes : [],
        severity: workspace.live || cycle ? 'error' : 'warning',
        breaks: workspace.live || cycle,
        refuses: workspace.live || cycle,
      };
    }
  },
} satisfies Rule;

import type { Rule } from '../src/lint/rule';
import { routesBy } from '../src/lint/routes-by';

/** After the first fault nginx stops; after a few it is mostly the first one that goes on. */
const MOST = 5;

export default {
  id: 'syntax',
  severity: 'error',
  summary: 'nginx cannot read the file: a brace, a semicolon or a quote is missing or too many.',
  nginx: `nginx reads a configuration word by word (ngx_conf_read_token) and stops at the first thing it does not
expect; \`nginx -t\` and a reload are refused, so the old configuration goes on running. The position given here is that of
the offending character or of the block or word that is not closed; nginx itself names the line at which it noticed.`,
  exceptions: 'Placeholders of templates (`{{ }}`, `${VAR}` in a `.template` file) are no syntax errors.',
  sources: [
    'src/core/ngx_conf_file.c, ngx_conf_read_token and ngx_conf_parse',
    'measured: the same first message and line as nginx -t on random input',
  ],
  fix: null,
  refuses: true,

  *check({ configuration, routes }) {
    const routesOf = routesBy(routes, ({ pass }) => pass.tree);
    for (const tree of configuration.trees.values()) {
      // What a template prints for a placeholder decides, not the placeholder.
      if (tree.source.placeholders.length > 0) continue;
      for (const { message, start, end, line } of tree.faults.slice(0, MOST)) {
        yield {
          at: { file: tree.source.path, start, end },
          message,
          why: `nginx refuses the configuration and names line ${line}`,
          help: message.includes('end of file')
            ? 'close the block, the quote or the directive that starts here'
            : 'look for what is missing before it: usually a ";" or a "{"',
          routes: routesOf(tree),
          breaks: true,
          refuses: true,
        };
      }
    }
  },
} satisfies Rule;

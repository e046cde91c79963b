import type { Rule } from '../src/lint/rule';
import { strongSegment } from '../src/model/endpoints';
import { locationWords } from '../src/model/location-words';
import { PASSES, locationLabel, locationsWithin } from '../src/model/routes';
import type { Scope } from '../src/model/scope';

/** Directives by which a location answers on its own. */
const ANSWERS = [
  ...PASSES,
  'return',
  'try_files',
  'rewrite',
  'root',
  'alias',
  'empty_gif',
  'stub_status',
  'deny',
  'if',
] as const;

export default {
  id: 'proxy-pass-not-inherited',
  severity: 'error',
  summary: 'A location nested in a proxying one has no proxy_pass of its own, so it serves files.',
  nginx: `\`proxy_pass\` is not inherited by nested locations (only by \`if\` and \`limit_except\` blocks). A nested location
that sets nothing but headers or timeouts takes its requests away from the outer one and looks for a file: 404, with
\`open() ".../ws" failed (2: No such file or directory)\` in error.log.`,
  exceptions:
    'Only for locations whose path names a WebSocket endpoint, or that set Upgrade or a proxy timeout themselves.',
  sources: [
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_merge_loc_conf (clcf->noname)',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: null,
  explains: ['no-handler'],

  *check({ configuration }) {
    for (const location of locationsWithin(configuration)) {
      const outer = location.parent;
      const pass = outer === null || outer.kind !== 'location' ? undefined : outer.own('proxy_pass')[0];
      if (pass === undefined || location.opener === null || location.unread.length > 0) continue;
      if (!looksProxied(location)) continue;
      yield {
        at: location.opener,
        message: `${locationLabel(location)} has no proxy_pass: requests to it are answered 404`,
        why: 'a nested location does not inherit proxy_pass; it takes the request and looks for a file',
        help: `repeat ${pass.directive.name} ${pass.directive.args.join(' ')} here`,
        related: [{ at: pass, message: 'this does not reach it' }],
        routes: [],
        breaks: true,
      };
    }
  },
} satisfies Rule;

/** It was written for proxying, or for a WebSocket, and does nothing that answers. */
function looksProxied(location: Scope): boolean {
  if (ANSWERS.some((name) => location.own(name).length > 0) || location.children.length > 0) return false;
  const { modifier, pattern } = locationWords(location);
  const set = location.settings.some(({ directive }) => directive.name.startsWith('proxy_'));
  return set || strongSegment(modifier, pattern) !== null;
}

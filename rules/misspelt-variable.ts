import { causeOf } from '../src/lint/causes';
import type { HeaderCause } from '../src/lint/causes';
import { misspeltVariable } from '../src/lint/spelling';
import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { definingSettings } from '../src/model/defining-settings';
import { variablesIn } from '../src/model/template';
import { effective } from '../src/model/effective';
import { headersOf } from '../src/model/headers';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';

export default {
  id: 'misspelt-variable',
  severity: 'error',
  summary: 'A variable or header name in the handshake is misspelt, and nginx accepts it as empty.',
  nginx: `\`$http_<anything>\` is a valid variable: it holds the request header of that name and is empty when the client
sends none. So \`$http_upgrde\` passes \`nginx -t\` and sends no Upgrade at all. In the same way \`proxy_set_header Upgarde\`
and \`proxy_set_header Upgrade:\` (with a colon, which becomes part of the name) are accepted, and no backend knows such a
header. Case does not matter in either. \`proxy_set_header Upgrade $upgrade\`, which guides for several products have, nginx refuses:
nothing defines the variable, and \`$http_upgrade\` is meant.`,
  exceptions: 'Names more than two edits away from one that belongs in a handshake are taken to be meant.',
  sources: ['src/http/ngx_http_variables.c, prefix variables', 'measured on nginx 1.22.1 and 1.31.4'],
  fix: 'safe',
  fixSafety: 'The right variable is empty for a plain request, as the misspelt one was.',
  explains: ['upgrade-missing', 'upgrade-wrong', 'connection-missing', 'connection-wrong'],
  refuses: true,

  *check(context) {
    for (const route of context.websocketRoutes) {
      for (const header of ['Upgrade', 'Connection'] as const) {
        const cause = causeOf(context, route, header);
        if (cause !== null) yield* explain(route, cause);
        if (cause?.kind === 'variable') yield* misspeltMapSource(context, route, cause.variable);
      }
    }
    yield* refusedVariables(context);
  },
} satisfies Rule;

function* explain(route: Route, cause: HeaderCause): Generator<Finding> {
  if (cause.kind === 'misspelt-variable') {
    yield finding(route, cause.line.setting, 2, cause.line.value, cause.variable, cause.meant);
  } else if (cause.kind === 'misspelt-name') {
    const { name, setting } = cause.line;
    yield {
      at: setting,
      word: 1,
      message: `the header is called ${cause.meant}, not "${name}"`,
      why: name.endsWith(':')
        ? 'nginx makes the colon part of the name'
        : 'nginx sends any name; no backend reads this one',
      help: `write proxy_set_header ${cause.meant}`,
      routes: [route],
      breaks: true,
      repairs: {
        title: `write ${cause.meant}`,
        safety: 'safe',
        repairs: [{ kind: 'word', setting, index: 1, text: cause.meant }],
      },
    };
  }
}

/** The map is right but for the name of what it looks at. */
function* misspeltMapSource(context: RuleContext, route: Route, variable: string): Generator<Finding> {
  for (const map of definingSettings(context.configuration, variable)) {
    if (map.directive.name !== 'map') continue;
    const source = map.directive.args[0] ?? '';
    for (const name of variablesIn(source)) {
      const meant = misspeltVariable(context.configuration, name);
      if (meant !== null) yield finding(route, map, 1, source, name, meant);
    }
  }
}

/** Not a header's variable: nginx refuses it by name, on any route. */
function* refusedVariables(context: RuleContext): Generator<Finding> {
  for (const route of context.routes) {
    for (const line of headersOf(effective(route.scope, 'proxy_set_header').settings)) {
      if (line.key !== 'connection' && line.key !== 'upgrade') continue;
      for (const name of variablesIn(line.value)) {
        const meant = name.startsWith('http_') ? null : misspeltVariable(context.configuration, name, line.key);
        if (meant !== null) yield finding(route, line.setting, 2, line.value, name, meant);
      }
    }
  }
}

function finding(route: Route, at: Setting, word: number, text: string, variable: string, meant: string): Finding {
  const refused = !variable.startsWith('http_');
  const mended = text.replace(new RegExp(`(\\$\\{?)${variable}\\b`, 'i'), `$1${meant}`);
  return {
    at,
    word,
    message: `$${variable} is not $${meant}`,
    why: refused
      ? `nothing defines it: nginx refuses the configuration`
      : 'nginx takes any $http_ name, and this one is empty: no client sends such a header',
    help: `write $${meant}`,
    routes: [route],
    breaks: true,
    refuses: refused,
    // a name of its own, which a map in an http block that was not given may define
    ...(refused && /^\$?\{?upgrade/i.test(variable) ? { absent: { scope: at.scope, directive: 'map' } } : {}),
    repairs: {
      title: `write $${meant}`,
      safety: 'safe',
      repairs: [{ kind: 'word', setting: at, index: word, text: quoted(mended) }],
    },
  };
}

/** As it has to be written: with quotes where it holds what would end a word. */
function quoted(text: string): string {
  return /[\s;{}"']/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

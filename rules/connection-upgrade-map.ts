import { causeOf } from '../src/lint/causes';
import { failureInFirefox } from '../src/lint/firefox';
import { settingsScope } from '../src/lint/settings-scope';
import { misspeltVariable } from '../src/lint/spelling';
import { isUndefinedVariable } from '../src/lint/variables';
import type { Finding, RepairPlan, Rule, RuleContext } from '../src/lint/rule';
import { definingSettings } from '../src/model/defining-settings';
import { variablesIn } from '../src/model/template';
import { effective } from '../src/model/effective';
import { effectiveHeaders, headersOf } from '../src/model/headers';
import type { HeaderSetting } from '../src/model/headers';
import type { Route } from '../src/model/route';
import type { Setting } from '../src/model/scope';
import { captureOf } from '../src/model/variable-sources';

export default {
  id: 'connection-upgrade-map',
  severity: 'error',
  summary: 'The map behind Connection or Upgrade is missing, or gives a handshake the wrong value.',
  nginx: `\`$connection_upgrade\` is no variable of nginx: a \`map\` in the http block has to make it, else nginx refuses the
configuration with \`unknown "connection_upgrade" variable\`. The usual map is keyed by \`$http_upgrade\` and gives \`upgrade\`
for anything but the empty string. A map keyed by a misspelt variable, reversed, or with a value misspelt is accepted and
silently sends the wrong Connection. A named capture of the same name (\`location ~ ^/(?<name>...)\`) takes the place of a
map read before it. Two maps of one variable are accepted too: the last one wins. The order of map and use
does not matter, string keys ignore case, and a \`''\` entry is not required.`,
  exceptions: `In a fragment that does not show its http block the map may stand elsewhere: then it is info. A map keyed by
\`$http_connection\` that gives every browser's handshake \`upgrade\` is not reported as an error; Firefox sends
\`keep-alive, Upgrade\`, so a line for \`Upgrade\` alone is not enough: a warning, as other browsers' handshakes switch.`,
  sources: [
    'https://nginx.org/en/docs/http/websocket.html',
    'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    'src/http/modules/ngx_http_map_module.c; measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'safe',
  fixSafety: 'Nothing ran with a missing map. A repaired map gives plain requests what they had.',
  explains: ['connection-missing', 'connection-wrong', 'connection-close', 'upgrade-missing', 'upgrade-wrong'],
  refuses: true,

  *check(context) {
    yield* undefinedVariables(context);
    for (const route of context.websocketRoutes) {
      for (const header of ['Upgrade', 'Connection'] as const) {
        const cause = causeOf(context, route, header);
        if (cause?.kind === 'variable') yield* wrongValue(context, route, cause.line, cause.variable);
      }
      yield* wrongInFirefox(context, route);
    }
    yield* worksByLuck(context);
    yield* definedTwice(context);
  },
} satisfies Rule;

/** nginx refuses the whole configuration, so every route that uses the variable is broken, WebSocket or not. */
function* undefinedVariables(context: RuleContext): Generator<Finding> {
  for (const route of context.routes) {
    for (const line of headersOf(effective(route.scope, 'proxy_set_header').settings)) {
      if (line.key !== 'connection' && line.key !== 'upgrade') continue;
      const variable = variablesIn(line.value).find((name) => isUndefinedVariable(context.configuration, name));
      if (variable === undefined || misspeltVariable(context.configuration, variable, line.key) !== null) continue;
      yield {
        at: line.setting,
        word: 2,
        message: `no map defines $${variable}`,
        why: `nginx refuses the configuration: unknown "${variable}" variable`,
        help: "add the usual map to the http block: map $http_upgrade $connection_upgrade { default upgrade; '' close; }",
        routes: [route],
        absent: { scope: line.setting.scope, directive: 'map' },
        breaks: true,
        refuses: true,
        repairs: {
          title: `define $${variable} by a map of $http_upgrade`,
          safety: 'safe',
          repairs: [{ kind: 'define-map', scope: settingsScope(route), variable }],
        },
      };
    }
  }
}

/** `map $http_connection ... { Upgrade upgrade; default close; }`: Firefox sends `keep-alive, Upgrade`. */
function* wrongInFirefox(context: RuleContext, route: Route): Generator<Finding> {
  const outcome = failureInFirefox(context, route);
  const fault = outcome?.faults.find(({ kind }) => kind.startsWith('connection-'));
  const line = effectiveHeaders(route.scope).find(({ setting }) => setting === fault?.setting);
  const [variable] = variablesIn(line?.value ?? '');
  if (outcome === null || line === undefined || variable === undefined) return;
  for (const finding of wrongValue(context, route, line, variable, { outcome, whose: "Firefox's handshake" })) {
    // the route switches for others: no error
    yield { ...finding, severity: 'warning', breaks: false, why: FIREFOX };
  }
}

const FIREFOX = 'Firefox sends "Connection: keep-alive, Upgrade", Chrome "Connection: Upgrade"';

function* wrongValue(
  context: RuleContext,
  route: Route,
  line: HeaderSetting,
  variable: string,
  { outcome, whose } = { outcome: context.handshake(route), whose: 'a handshake' },
): Generator<Finding> {
  const given = outcome.upstream?.headers.find(({ setting }) => setting === line.setting)?.value;
  const value = typeof given === 'string' && given !== '' ? `"${given}"` : 'nothing';
  const common = {
    message: `$${variable} gives ${whose} ${value}, sent as ${line.name} by ${route.label}`,
    routes: [route],
    breaks: true,
    repairs: repairOf(route, line),
  };
  if (captureOf(context.configuration, variable) !== null) {
    yield { ...common, at: line.setting, word: 2, why: captured(variable), help: CAPTURED_HELP };
    return;
  }
  const definitions = definingSettings(context.configuration, variable);
  const definition = definitions.at(-1);
  if (definition === undefined) return;
  yield {
    ...common,
    at: definition,
    why: whyWrong(definition, definitions.length),
    help: 'key the map by $http_upgrade, with "default upgrade"',
    related: [{ at: line.setting, message: 'used here' }],
    ...(keepsAliveOnly(definition) ? { severity: 'warning' as const } : {}),
  };
}

/** Any server may have the regex: which one is read last is no help. */
function captured(variable: string): string {
  return `a regex captures (?<${variable}>...): empty until it matches, and in place of any map read before it`;
}

const CAPTURED_HELP = 'send a variable of another name, from the usual map of $http_upgrade';

function repairOf(route: Route, line: HeaderSetting): RepairPlan {
  const scope = settingsScope(route);
  if (line.key === 'connection')
    return { title: 'repair the map', safety: 'safe', repairs: [{ kind: 'connection-map', scope }] };
  const entry = { kind: 'entry', scope, list: 'proxy_set_header', key: 'Upgrade', value: '$http_upgrade' } as const;
  return { title: 'send $http_upgrade', safety: 'safe', repairs: [entry] };
}

function whyWrong(definition: Setting, definitions: number): string {
  const { name, args } = definition.directive;
  if (name !== 'map') return `${name} makes it, and a handshake needs the token "upgrade" there`;
  if (definitions > 1) return 'two maps define it, and nginx takes the last one without a word';
  return `the map of ${args[0] ?? ''} has no branch that gives a handshake the right value`;
}

/**
 * `default keep-alive; '' close`: what Headscale prescribes for its own protocol, which does not look at Connection.
 * For a WebSocket it fails all the same, but somebody chose it.
 */
function keepsAliveOnly(definition: Setting): boolean {
  const entries = definition.opens?.settings ?? [];
  return entries.some(
    ({ directive }) => directive.name === 'default' && directive.args[0]?.toLowerCase() === 'keep-alive',
  );
}

/** `map http_upgrade ...` and `map $http_connection ... { default upgrade; }` give it to plain requests as well. */
function* worksByLuck(context: RuleContext): Generator<Finding> {
  for (const route of context.websocketRoutes) {
    for (const line of effectiveHeaders(route.scope).filter(({ key }) => key === 'connection')) {
      const variable = /^\$\{?(\w+)\}?$/.exec(line.value)?.[1]?.toLowerCase();
      const map = variable === undefined ? undefined : definingSettings(context.configuration, variable).at(-1);
      if (map?.directive.name !== 'map' || !givesUpgrade(map) || context.handshake(route).outcome === 'fails') continue;
      const [source = ''] = map.directive.args;
      if (!source.includes('$')) yield literalSource(route, map, source);
      else if (source.toLowerCase() === '$http_connection') yield byConnection(route, map);
    }
  }
}

function literalSource(route: Route, map: Setting, source: string): Finding {
  return {
    at: map,
    word: 1,
    message: `the map's source is the text "${source}", not a variable`,
    why: 'it is the same for every request, so plain ones are sent with "Connection: upgrade" too',
    help: `write map $${source.replace(/^\W+/, '')}`,
    routes: [route],
    severity: 'warning',
  };
}

function byConnection(route: Route, map: Setting): Finding {
  return {
    at: map,
    word: 1,
    message: 'the map goes by $http_connection, and gives every request that is not listed upgrade',
    why: 'browsers send "Connection: keep-alive" with plain requests: these reach the backend with upgrade',
    help: 'key the map by $http_upgrade',
    routes: [route],
    severity: 'info',
  };
}

function givesUpgrade(map: Setting): boolean {
  const entries = map.opens?.settings ?? [];
  return entries.some(({ directive }) => directive.name === 'default' && /^upgrade$/i.test(directive.args[0] ?? ''));
}

function* definedTwice(context: RuleContext): Generator<Finding> {
  const maps = context.configuration.http?.own('map') ?? [];
  const last = new Map<string, Setting>();
  for (const map of maps) {
    const [source = '', target = ''] = map.directive.args;
    const key = target.toLowerCase();
    const before = last.get(key);
    last.set(key, map);
    if (before === undefined || !/http_(upgrade|connection)/i.test(source + (before.directive.args[0] ?? ''))) continue;
    yield {
      at: map,
      word: 2,
      message: `${target} is mapped twice, and this map wins`,
      why: 'nginx takes the last map of a variable without a word',
      help: 'keep one of the two maps',
      related: [{ at: before, message: 'this map is never used' }],
      routes: [],
      severity: 'warning',
    };
  }
}

import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { isUndefinedVariable } from '../src/lint/variables';
import { locationWords } from '../src/model/location-words';
import { proxyPassAddress } from '../src/model/pass-address';
import type { Route } from '../src/model/route';

export default {
  id: 'proxy-pass-uri',
  severity: 'warning',
  summary: 'The URI in proxy_pass loses the query or the rest of the path, or glues path and prefix together.',
  nginx: `A URI behind the host in proxy_pass replaces the part of the path that the location matched, letter for letter: with
\`location /ws/\` and \`proxy_pass http://app/sock\` the path \`/ws/chat\` becomes \`/sockchat\`. With a variable anywhere in
proxy_pass, the URI is taken as it stands: \`http://$backend/ws\` sends every request to \`/ws\`, and \`http://app/$1\` drops the
query string, so a token in it never arrives.`,
  exceptions: `\`$request_uri\`, \`$uri$is_args$args\` and a proxy_pass without any URI keep everything. The path of a socket is no
URI: \`http://unix:/run/app.sock\` has none, only what follows a colon behind it is one. Where nothing defines a \`\${NAME}\` in
capitals, envsubst fills it in.`,
  sources: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'src/http/modules/ngx_http_proxy_module.c, ngx_http_proxy_create_request',
    'measured on nginx 1.22.1 and 1.31.4',
  ],
  fix: 'unsafe',
  fixSafety: 'the backend gets other paths than before, for plain requests too',

  *check(context) {
    for (const route of context.websocketRoutes) {
      if (route.pass.directive.name !== 'proxy_pass') continue;
      const address = route.pass.directive.args[0] ?? '';
      const uri = proxyPassAddress(address)?.uri ?? '';
      if (!uri.startsWith('/')) continue;
      if (namesEnvironment(context, address)) continue;
      if (address.includes('$')) yield* withVariables(route, address, uri);
      else yield* glued(route, uri);
    }
  },
} satisfies Rule;

/** `${BACKEND}` that nothing defines: envsubst puts something there before nginx reads it. */
function namesEnvironment({ configuration }: RuleContext, address: string): boolean {
  const names = Array.from(address.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g), ([, name = '']) => name.toLowerCase());
  return names.some((name) => isUndefinedVariable(configuration, name));
}

function* withVariables(route: Route, address: string, uri: string): Generator<Finding> {
  if (/\$\{?(request_uri|args|query_string|is_args)\b/.test(uri)) return;
  const path = /\$\{?(uri|document_uri|\d)/.test(uri) || uri.includes('$');
  yield {
    at: route.pass,
    word: 1,
    message: path
      ? `proxy_pass ${address} drops the query string of every request`
      : `proxy_pass ${address} sends every request to ${uri}, without its query string`,
    why: 'with a variable in it, nginx takes the URI as it stands: what the client asked for is not added',
    help: path ? 'write $is_args$args behind it' : 'leave the URI out, or write $request_uri',
    routes: [route],
    repairs: {
      title: path ? 'pass the query string on' : 'pass the request on as it came',
      safety: 'unsafe',
      repairs: [
        {
          kind: 'word',
          setting: route.pass,
          index: 1,
          text: quoted(route, path ? `${address}$is_args$args` : address.slice(0, -uri.length)),
        },
      ],
    },
  };
}

function quoted(route: Route, text: string): string {
  const quote = route.pass.directive.words[1]?.quote ?? '';
  return `${quote}${text}${quote}`;
}

/** One of location and URI ends in a slash and the other does not. */
function* glued(route: Route, uri: string): Generator<Finding> {
  if (route.location === null || route.inner !== null) return;
  const { modifier, pattern } = locationWords(route.location);
  if ((modifier !== '' && modifier !== '^~') || pattern.endsWith('/') === uri.endsWith('/')) return;
  const missing = pattern.endsWith('/');
  yield {
    at: route.pass,
    word: 1,
    message: missing
      ? `${pattern}chat reaches the backend as ${uri}chat`
      : `${pattern}/chat reaches the backend as ${uri}/chat`,
    why: 'the URI replaces what the location matched, letter for letter; one of the two ends in a slash',
    help: missing ? `write ${uri}/ in proxy_pass` : `end both in a slash, or neither`,
    routes: [route],
    // The endpoint itself still arrives at a path that exists; only what is below it has two slashes.
    ...(missing ? {} : { severity: 'info' as const }),
    ...(missing
      ? {
          repairs: {
            title: 'end the URI in a slash',
            safety: 'unsafe' as const,
            repairs: [
              {
                kind: 'word' as const,
                setting: route.pass,
                index: 1,
                text: quoted(route, `${route.pass.directive.args[0] ?? ''}/`),
              },
            ],
          },
        }
      : {}),
  };
}

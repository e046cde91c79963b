import type { Finding, RepairPlan, Rule, RuleContext } from '../src/lint/rule';
import type { Route } from '../src/model/route';
import type { Scope, Setting } from '../src/model/scope';
import { unknownDirectives } from '../src/model/unknown-directives';
import { NO_EVENTS, refusals } from '../src/model/validate';
import type { Refusal } from '../src/model/validate';
import type { SyntaxTree } from '../src/syntax/nodes';
import { isFilledIn } from '../src/syntax/placeholders';
import { markLength } from '../src/text/source';
import type { Place } from '../src/text/source';

export default {
  id: 'refused-directive',
  severity: 'error',
  summary: 'nginx refuses a directive: its place, its arguments, its value, or a second one of it.',
  nginx: `A configuration that \`nginx -t\` refuses never runs: at a reload nginx goes on with the old one, at a start
nothing comes up. Reported is what the configuration alone decides: a directive where it is not allowed
(\`proxy_set_header\` in an \`if\`), a wrong number of arguments (a missing \`;\` swallows the next line), a value nginx does
not accept, a directive given twice at one level (often through an include), a \`proxy_pass\` with a URI in a regex, named or
if block, duplicate locations, buffer sizes that contradict each other, undefined variables. The message is nginx's own. A
byte order mark (BOM) at the start of a file is part of the first word for nginx: an unknown directive, even before a comment. A main file
needs an \`events\` block, be it empty: that is only missed in an nginx.conf that nginx reads where it lies.`,
  exceptions: `What depends on the machine is not judged: hosts that do not resolve, certificates, users, ports in use. Without
\`--nginx-version\` only what no supported version accepts is reported. A directive that nobody knows may be a module's: that
is info, or a warning when it is one letter away from a known one.`,
  sources: [
    'the ngx_command_t tables and handlers in nginx 1.18.0 to 1.31.4',
    'measured: the same message and line as nginx -t on generated configurations',
  ],
  fix: 'safe',
  fixSafety:
    'only a second directive with the same arguments and a byte order mark are taken out, and a missing events {} is put in',
  refuses: true,

  *check(context) {
    yield* byteOrderMarks(context);
    for (const refusal of refusals(context.configuration, context.version)) {
      if (!hasRuleOfItsOwn(refusal) && !isTemplate(refusal.setting)) yield* explain(context, refusal);
    }
    for (const { setting, name, nearest } of unknownDirectives(context.configuration)) {
      if (isTemplate(setting)) continue;
      yield {
        at: setting,
        word: 0,
        message: `unknown directive "${name}"`,
        why: 'nginx refuses it, unless a module that is loaded here brings it',
        ...(nearest === null ? {} : { help: `did you mean ${nearest}?` }),
        routes: [],
        severity: nearest === null ? 'info' : 'warning',
      };
    }
  },
} satisfies Rule;

function* byteOrderMarks({ configuration, websocketRoutes }: RuleContext): Generator<Finding> {
  const marked = [...configuration.trees.values()].filter(({ source }) => markLength(source) > 0);
  const inTables = marked.length === 0 ? null : treesInTables(configuration.main);
  for (const tree of marked) {
    const { source } = tree;
    if (source.placeholders.length > 0) continue;
    const place = { file: source.path, start: 0, end: markLength(source) };
    const table = inTables?.has(tree) === true;
    yield {
      at: place,
      message: 'a byte order mark (BOM) stands before the first word of the file',
      why: table
        ? 'nginx takes it for part of the first key, which then matches nothing'
        : 'nginx takes it for part of that word and refuses the configuration: unknown directive',
      help: 'save the file as UTF-8 without BOM',
      ...(table ? { routes: [], severity: 'warning' as const } : refusedMark(place, websocketRoutes)),
    };
  }
}

function refusedMark(place: Place, routes: readonly Route[]): Omit<Finding, 'at' | 'message'> {
  const repairs = [{ kind: 'text' as const, place, text: '' }];
  return {
    routes,
    breaks: true,
    refuses: true,
    repairs: { title: 'take the byte order mark out', safety: 'safe', repairs },
  };
}

/** Files that begin with a line of a map, geo or types block: any first word will do there. */
function treesInTables(main: Scope): ReadonlySet<SyntaxTree> {
  const trees = new Set<SyntaxTree>();
  const pending = [main];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const { tree, directive } of scope.kind === 'table' ? scope.settings : [])
      if (directive === tree.directives[0]) trees.add(tree);
    pending.push(...scope.children);
  }
  return trees;
}

function* explain(context: RuleContext, refusal: Refusal): Generator<Finding> {
  const { setting, word, message, related, identical, certain, versions } = refusal;
  const variable = message.startsWith('unknown "');
  const noEvents = message === NO_EVENTS && isWholeMain(context, setting);
  if (!certain && !variable && !noEvents) return;
  yield {
    at: setting,
    word,
    message,
    why: 'nginx refuses the configuration',
    ...(identical ? { help: 'take one of the two out' } : {}),
    ...(related === null ? {} : { related: [{ at: related, message: 'this came first' }] }),
    routes: context.websocketRoutes,
    ...(versions === null ? {} : { versions }),
    ...(variable ? { absent: { scope: setting.scope, directive: 'map' } } : {}),
    breaks: true,
    refuses: true,
    ...(identical
      ? {
          repairs: {
            title: 'take the second one out',
            safety: 'safe' as const,
            repairs: [{ kind: 'remove' as const, setting }],
          },
        }
      : {}),
    ...(noEvents ? { repairs: withEvents(setting) } : {}),
  };
}

/** nginx itself starts with this file: nothing that deploys it will add to it. */
function isWholeMain({ workspace }: RuleContext, { directive, via }: Setting): boolean {
  const { live, main } = workspace;
  return live && via === null && WHOLE.has(directive.name) && main !== null && /(?:^|\/)nginx\.conf$/.test(main);
}

const WHOLE: ReadonlySet<string> = new Set(['http', 'stream', 'mail']);

function withEvents({ directive, tree }: Setting): RepairPlan {
  const { path: file, text } = tree.source;
  const { start } = directive;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const repairs = [
    { kind: 'text' as const, place: { file, start, end: start }, text: `events {}${lineEnd}${lineEnd}` },
  ];
  return { title: 'add an empty events block, which takes the defaults', safety: 'safe', repairs };
}

/** Placeholders may print anything, and both branches of a condition stand there. */
function isTemplate({ tree, directive }: Setting): boolean {
  return tree.source.placeholders.length > 0 || isFilledIn(`${directive.name} ${directive.args.join(' ')}`);
}

/** connection-upgrade-map and misspelt-variable, proxy-pass-scheme: they say more. */
function hasRuleOfItsOwn({ setting, message }: Refusal): boolean {
  const { name, args } = setting.directive;
  if (name === 'proxy_set_header' && message.startsWith('unknown "'))
    return /^(upgrade|connection)$/i.test(args[0] ?? '');
  return (name === 'proxy_pass' || name === 'server') && /^wss?:\/\//i.test(args[0] ?? '');
}

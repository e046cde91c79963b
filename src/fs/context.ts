import { allowedIn, directiveSpec, takes } from '../model/directives';
import type { Context } from '../model/directives';
import type { EnclosingContext } from '../model/workspace';
import type { Directive, SyntaxTree } from '../syntax/nodes';

/** Blocks that stand in a main file alone. */
const MAIN_BLOCKS: ReadonlySet<string> = new Set(['events', 'http', 'stream', 'mail']);

/** Where a file can be included, the likeliest first when its directives leave several. */
const ENCLOSING: readonly (readonly [Context, EnclosingContext])[] = [
  ['location', ['http', 'server', 'location']],
  ['server', ['http', 'server']],
  ['http', ['http']],
  ['upstream', ['http', 'upstream']],
  ['stream server', ['stream', 'server']],
  ['stream', ['stream']],
  ['stream upstream', ['stream', 'upstream']],
  ['main', []],
  ['events', ['events']],
  ['mail', ['mail']],
  ['mail server', ['mail', 'server']],
];

/** Directories that http{} (or stream{}) includes by custom: Debian, Alpine, the official image, panels. */
const HTTP_DIRECTORY = /^(?:conf\.d|http\.d|http-conf\.d|sites-.*|vhosts?(?:\.d)?|site-confs|servers)$/;
const STREAM_DIRECTORY = /^(?:streams?(?:[-.].*)?)$/;

/** Whether a file is a whole configuration rather than a part of one: it holds blocks that nothing may enclose. */
export function isMainFile(tree: SyntaxTree): boolean {
  return tree.directives.some(({ name, block }) => block !== null && MAIN_BLOCKS.has(name));
}

/**
 * The blocks that must enclose a file for nginx to accept its directives. Null: it holds none that tell. `directory`
 * is the name of the one it lies in, which decides what the directives leave open.
 */
export function contextOf(tree: SyntaxTree, directory: string): EnclosingContext | null {
  const known = tree.directives.filter(({ name }) => name !== 'include' && directiveSpec(name) !== undefined);
  if (known.length === 0) return isTableOnly(tree) ? ['http', 'map'] : null;
  const votes = ENCLOSING.map(([context, enclosing]) => ({
    context,
    enclosing,
    count: known.filter((directive) => standsIn(directive, context)).length,
  }));
  const most = Math.max(...votes.map(({ count }) => count));
  if (most === 0) return null;
  const best = votes.filter(({ count }) => count === most);
  const preferred = best.find(({ context }) => context === byDirectory(directory));
  const server = known.some(({ name }) => name === 'location') && best.find(({ context }) => context === 'server');
  return (preferred ?? (server || best[0]))?.enclosing ?? null;
}

/** Lines of a map, geo or types block: words that are no directives, and no block among them. */
function isTableOnly({ directives }: SyntaxTree): boolean {
  const entries = directives.filter(({ name }) => name !== 'include');
  return entries.length > 0 && entries.every(({ block }) => block === null);
}

function byDirectory(name: string): Context | null {
  if (HTTP_DIRECTORY.test(name)) return 'http';
  return STREAM_DIRECTORY.test(name) ? 'stream' : null;
}

function standsIn(directive: Directive, context: Context): boolean {
  const isBlock = directive.block !== null;
  const forms = directiveSpec(directive.name)?.forms ?? [];
  const fitting = forms.filter((form) => form.block === isBlock && allowedIn(form, context));
  if (fitting.length === 0) return false;
  if (directive.name === 'server' && isBlock) return protocolOf(directive) === context;
  return forms.length === 1 || fitting.some((form) => takes(form, directive.args.length));
}

/** Whether a server block is one of http, stream or mail, by what stands in it. */
function protocolOf({ block }: Directive): Context {
  const inside = block?.directives ?? [];
  const only = (inner: Context): boolean => inside.some((directive) => standsOnlyIn(directive, inner));
  if (only('server')) return 'http';
  if (only('stream server')) return 'stream';
  return only('mail server') ? 'mail' : 'http';
}

const SERVERS: readonly Context[] = ['server', 'stream server', 'mail server'];

function standsOnlyIn(directive: Directive, inner: Context): boolean {
  return SERVERS.every((context) => {
    const forms = directiveSpec(directive.name)?.forms ?? [];
    const allowed = forms.some((form) => form.block === (directive.block !== null) && allowedIn(form, context));
    return allowed === (context === inner);
  });
}

import { treeOf } from '../syntax/cache';
import type { Directive } from '../syntax/nodes';
import { piecesIn } from '../syntax/pieces';
import type { Source, Span } from '../text/source';

/** An include directive as far as the loader needs it. */
export interface Include {
  readonly pattern: string;
  /** False in geo{}, whose reader opens the name as it stands (ngx_http_geo). */
  readonly globs: boolean;
  /** Part of the name is a template's placeholder. */
  readonly placeholder: boolean;
}

/** The include directives of a file in the order nginx meets them; `many`: it is one of many, which have much in common. */
export function includesOf(source: Source, many = false): readonly Include[] {
  const apart = many ? piecesIn(source) : null;
  if (apart !== null) return apart.includes;
  return source.code.includes('include') ? includesIn(source) : []; // escapes cannot spell it otherwise
}

function includesIn(source: Source): Include[] {
  const found: Include[] = [];
  const stack: { readonly directives: readonly Directive[]; readonly geo: boolean; next: number }[] = [];
  stack.push({ directives: treeOf(source).directives, geo: false, next: 0 });
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const directive = frame.directives[frame.next++];
    if (directive === undefined) stack.pop();
    else if (directive.block !== null) {
      stack.push({ directives: directive.block.directives, geo: directive.name === 'geo', next: 0 });
    } else if (directive.name === 'include') found.push(...readInclude(directive, source, !frame.geo));
  }
  return found;
}

function readInclude(directive: Directive, source: Source, globs: boolean): Include[] {
  const [pattern, ...more] = directive.args;
  const word = directive.words[1];
  if (pattern === undefined || word === undefined || more.length > 0) return []; // nginx refuses it
  return [{ pattern, globs, placeholder: source.placeholders.some((span) => overlap(span, word)) }];
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

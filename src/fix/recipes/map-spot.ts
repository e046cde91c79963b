import type { Scope, Setting } from '../../model/scope';
import type { SyntaxTree } from '../../syntax/nodes';
import { bodyOfFile, bodyOfScope, standsIn, type Body } from '../body';
import { RANK, type Change } from '../change';
import { includeIn, type FixContext } from '../context';
import { eolAt, indentAt, lineEnd, nextLine, startsLine } from '../lines';
import { aboveComments, indentIn, indentUnit } from '../neighbours';
import { insertAfter } from '../insert';

/** A map to be written, line by line: `[key, word]`. */
export interface MapText {
  readonly source: string;
  readonly variable: string;
  readonly lines: readonly (readonly [key: string, word: string])[];
}

/**
 * The edits that write a map where nginx reads it: beside other maps, else before the first server of the http block,
 * else at the top of a file of http level. Null when none of the given files is of http level.
 */
export function placeMap(context: FixContext, map: MapText, near: Scope): readonly Change[] | null {
  const { http } = context.configuration;
  const level = http ?? null;
  if (level === null) return null;
  const other = mapBeside(context, level);
  if (other !== null) return afterMap(other, map);
  const block = bodyOfScope(level);
  if (block !== null && isEditable(context, block.tree)) return inBlock(level, block, map);
  const tree = httpFile(context, level, near);
  return tree === null ? null : atTop(bodyOfFile(tree), map);
}

function isEditable(context: FixContext, tree: SyntaxTree): boolean {
  return context.workspace.given.has(tree.source.path);
}

/** The last map that stands in the http block itself, else the last one in a file that nginx reads once. */
function mapBeside(context: FixContext, http: Scope): Setting | null {
  const known = beside.get(context);
  if (known !== undefined) return known;
  const found = findBeside(context, http);
  beside.set(context, found);
  return found;
}

const beside = new WeakMap<FixContext, Setting | null>();

function findBeside(context: FixContext, http: Scope): Setting | null {
  const usable = http
    .own('map')
    .filter((map) => isEditable(context, map.tree) && context.occurrences.of(map).length === 1);
  const block = bodyOfScope(http);
  return (block === null ? undefined : usable.findLast((map) => standsIn(block, map))) ?? usable.at(-1) ?? null;
}

function afterMap({ directive, tree }: Setting, map: MapText): Change[] {
  const { text, path } = tree.source;
  const end = lineEnd(text, directive.end);
  const eol = eolAt(text, directive.end);
  const indent = startsLine(text, directive.start) ? indentAt(text, directive.start) : '';
  const written = write(map, tree, indent, eol);
  const at = /^[ \t]*(#.*)?$/.test(text.slice(directive.end, end)) ? end : directive.end;
  const between = isTight(text.slice(at, nextLine(text, nextLine(text, at)))) ? eol : eol + eol;
  return [{ file: path, start: at, end: at, text: between + written, rank: RANK.map }];
}

/** Whether the next line goes on with another block, without a blank line: then a new one stands as close. */
function isTight(behind: string): boolean {
  return /^[ \t]*(#.*)?\r?\n[ \t]*[^\s}]/.test(behind);
}

function inBlock(http: Scope, block: Body, map: MapText): readonly Change[] {
  const first = http.settings.find((setting) => setting.directive.name === 'server' && setting.opens !== null);
  const anchor = first === undefined ? null : standsIn(block, first) ? first : includeIn(block, first);
  const { tree } = block;
  const { text, path } = tree.source;
  const eol = eolAt(text, block.from);
  if (anchor !== null && startsLine(text, anchor.directive.start)) {
    const at = aboveComments(tree, anchor.directive);
    const indent = indentAt(text, anchor.directive.start);
    const between = /}[ \t]*(#.*)?\r?\n$/.test(text.slice(block.from, at)) ? eol : eol + eol;
    return [{ file: path, start: at, end: at, text: write(map, tree, indent, eol) + between, rank: RANK.map }];
  }
  if (anchor !== null) {
    const { start } = anchor.directive;
    return [{ file: path, start, end: start, text: `${oneLine(map)} `, rank: RANK.map }];
  }
  const indent = indentIn(block, null);
  const words = [write(map, tree, indent, eol).slice(indent.length, -1)];
  return closeWithBrace(insertAfter({ body: block, after: null, lines: [words], rank: RANK.map }));
}

/** insertAfter ends each line with `;`, a block ends with its brace. */
function closeWithBrace(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) => ({ ...change, text: change.text.replace(/;$/, '}') }));
}

/** The file of http level that `near` comes from, else the first. */
function httpFile(context: FixContext, http: Scope, near: Scope): SyntaxTree | null {
  let level: Scope = near;
  while (level.parent !== null && level.parent !== http) level = level.parent;
  const candidates = [level.opener, ...http.settings].filter((one): one is Setting => one !== null);
  const usable = candidates.find(
    (one) => one.scope === http && isEditable(context, one.tree) && context.occurrences.of(one).length === 1,
  );
  return usable?.tree ?? null;
}

function atTop(body: Body, map: MapText): Change[] {
  const { tree, directives } = body;
  const { text, path } = tree.source;
  const first = directives[0];
  const at = first === undefined ? text.length : aboveComments(tree, first);
  const eol = eolAt(text, 0);
  return [{ file: path, start: at, end: at, text: write(map, tree, '', eol) + eol + eol, rank: RANK.map }];
}

/** Without a line end behind the last brace. */
function write({ source, variable, lines }: MapText, tree: SyntaxTree, indent: string, eol: string): string {
  const unit = indentUnit(tree);
  const width = Math.max(...lines.map(([key]) => key.length));
  const body = lines.map(([key, word]) => `${indent}${unit}${key.padEnd(width)} ${word};${eol}`);
  const brace = bracesStandAlone(tree) ? `${eol}${indent}{` : ' {';
  return `${indent}map ${source} ${variable}${brace}${eol}${body.join('')}${indent}}`;
}

/** As the file's first block has it. */
function bracesStandAlone({ directives, source }: SyntaxTree): boolean {
  const first = directives.find(({ block }) => block !== null);
  const words = first?.words.at(-1)?.end ?? 0;
  return first?.block != null && source.text.slice(words, first.block.open).includes('\n');
}

function oneLine({ source, variable, lines }: MapText): string {
  return `map ${source} ${variable} { ${lines.map(([key, word]) => `${key} ${word};`).join(' ')} }`;
}

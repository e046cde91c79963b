import type { Directive } from '../syntax/nodes';
import type { Body } from './body';
import type { Change } from './change';
import { RANK } from './change';
import { eolAt, indentAt, isBlank, lastCommentIn, lineEnd, lineStart, startsLine } from './lines';
import { indentIn, spell, type FreshLine, type Model } from './neighbours';

/** Lines to be written into a body, in order, behind `after` (null: at its end). */
export interface Insertion {
  readonly body: Body;
  readonly after: Directive | null;
  readonly lines: readonly FreshLine[];
  readonly rank: number;
  /** Lines to imitate where no sibling has the name: those that are restated. */
  readonly models?: readonly Model[];
}

/** The edits that write new directives behind a sibling, each on a line of its own. */
export function insertAfter({ body, after, lines, rank, models = [] }: Insertion): Change[] {
  const texts = lines.map((words) => `${spell(body, words, models)};`);
  const anchor = after ?? body.directives.at(-1) ?? null;
  if (anchor === null) return insertIntoEmpty(body, texts, rank);
  if (isOneLine(body)) return insertIntoLine(body, anchor, texts, rank);
  const at = behind(body, anchor);
  return [change(body, at, at, ownLines(body, at, indentIn(body, anchor), texts), rank)];
}

/** The edits that write one directive before a sibling (above the comments that belong to it, with `above`). */
export function insertBefore(body: Body, before: Directive, words: FreshLine, rank: number): Change[] {
  const { text } = body.tree.source;
  const line = `${spell(body, words)};`;
  if (!startsLine(text, before.start)) return [change(body, before.start, before.start, `${line} `, rank)];
  const at = lineStart(text, before.start);
  return [change(body, at, at, indentAt(text, before.start) + line + eolAt(text, at), rank)];
}

function change(body: Body, start: number, end: number, text: string, rank: number): Change {
  return { file: body.tree.source.path, start, end, text, rank };
}

function ownLines(body: Body, at: number, indent: string, texts: readonly string[]): string {
  const eol = eolAt(body.tree.source.text, at);
  return texts.map((line) => eol + indent + line).join('');
}

/** Behind the anchor's line with its comment; right behind the anchor, when the line goes on with what is not its. */
function behind(body: Body, anchor: Directive): number {
  const end = lineEnd(body.tree.source.text, anchor.end);
  if (body.opener !== null && body.to < end) return anchor.end;
  const next = body.directives[body.directives.indexOf(anchor) + 1];
  return next !== undefined && next.start < end && next.end > end ? anchor.end : end;
}

export function isOneLine(body: Body): boolean {
  const { text } = body.tree.source;
  return body.opener !== null && !text.slice(body.from, body.to).includes('\n');
}

function insertIntoLine(body: Body, anchor: Directive, texts: readonly string[], rank: number): Change[] {
  const opened = openedUp(body);
  if (opened === null) return [change(body, anchor.end, anchor.end, texts.map((line) => ` ${line}`).join(''), rank)];
  const lines = ownLines(body, anchor.end, opened.indent, texts);
  return [...opened.changes, change(body, anchor.end, anchor.end, lines, rank)];
}

/**
 * `location /ws { proxy_pass http://b; }` is opened up when it has its line for itself: how, and how far in its lines are
 * then. Null where it stays one line, and for what is none.
 */
export function openedUp(body: Body): { readonly indent: string; readonly changes: readonly Change[] } | null {
  const { text } = body.tree.source;
  const { opener } = body;
  if (!isOneLine(body) || opener === null || !startsLine(text, opener.start)) return null;
  if (!/^\s*(#.*)?$/.test(rest(text, body.to + 1))) return null;
  const indent = indentIn(body, null);
  return { indent, changes: openUp(body, indent) };
}

function rest(text: string, from: number): string {
  return text.slice(from, lineEnd(text, from));
}

/** Line ends between all that stands in a one-line block. */
function openUp(body: Body, indent: string): Change[] {
  const { text } = body.tree.source;
  const eol = eolAt(text, body.to);
  const ends = [body.from, ...body.directives.map((one) => one.end)];
  const starts = [...body.directives.map((one) => one.start), body.to];
  return ends.map((end, index) => {
    const start = starts[index] ?? body.to;
    const inner = index < body.directives.length;
    const lead = inner ? indent : indentAt(text, body.opener?.start ?? 0);
    return change(body, end, start, eol + lead, index === 0 ? RANK.opening : RANK.closing);
  });
}

function insertIntoEmpty(body: Body, texts: readonly string[], rank: number): Change[] {
  const { text } = body.tree.source;
  const indent = indentIn(body, null);
  const comment = lastCommentIn(body.tree, body.from, body.to);
  if (body.opener === null) return insertIntoEmptyFile(body, comment?.end ?? null, texts, rank);
  const at = comment?.end ?? body.from;
  const lines = change(body, at, at, ownLines(body, at, indent, texts), rank);
  if (text.slice(at, body.to).includes('\n')) return [lines];
  const closing = eolAt(text, body.from) + indentAt(text, body.opener.start);
  return [lines, change(body, body.from, body.to, closing, RANK.closing)];
}

function insertIntoEmptyFile(body: Body, comment: number | null, texts: readonly string[], rank: number): Change[] {
  const { text } = body.tree.source;
  if (comment !== null) return [change(body, comment, comment, ownLines(body, comment, '', texts), rank)];
  const eol = eolAt(text, 0);
  return [change(body, 0, 0, texts.map((line) => line + eol).join(''), rank)];
}

/** The edit that takes a directive out, with its line when it has one for itself. */
export function removeDirective(body: Body, directive: Directive): Change {
  const { text } = body.tree.source;
  const end = lineEnd(text, directive.end);
  const behindIt = text.slice(directive.end, end);
  const alone =
    startsLine(text, directive.start) && /^[ \t]*(#.*)?$/.test(behindIt) && !(body.opener !== null && body.to < end);
  if (alone) return change(body, lineStart(text, directive.start), nextAfter(text, end), '', RANK.other);
  let start = directive.start;
  while (start > body.from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  // the first on its line: the blanks behind it go instead
  if (!isBlank(text.slice(lineStart(text, start), start))) return change(body, start, directive.end, '', RANK.other);
  let after = directive.end;
  while (text[after] === ' ' || text[after] === '\t') after += 1;
  return change(body, directive.start, after, '', RANK.other);
}

function nextAfter(text: string, end: number): number {
  if (text.startsWith('\r\n', end)) return end + 2;
  return text[end] === '\n' ? end + 1 : end;
}

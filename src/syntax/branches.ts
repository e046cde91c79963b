import { lastUpTo } from '../text/source';
import type { Source, Span } from '../text/source';
import { once } from '../text/once';

/** What stands between the tags of a condition or loop: the template writes it, or leaves it out. */
export type Branch = Span;

/** Tags that leave out or repeat what they enclose. */
const BRANCHING =
  /^(?:\{%[-+]?\s*(?:if|for|unless|case)\b|\{\{[-~]?\s*(?:(?:if|range|with)\b|#|\^(?![\s~]*\}))|<%-?\s*(?:if|unless|case|while|until|for)\b|<%[^]*\bdo\b|<%[^]*\{\s*(?:\|[^|]*\|\s*)?-?%>$)/;
/** The next branch of the same condition. */
const OTHERWISE =
  /^(?:\{%[-+]?\s*(?:elif|elsif|elseif|else|when)\b|\{\{[-~]?\s*(?:else\b|\^[\s~]*\})|<%-?\s*(?:\}\s*)?(?:else|elsif|when)\b)/;
/** Ends in the same way as a branch, and is none. */
const ENCLOSING = /^(?:\{\{-?\s*(?:define|block)\b|<%-?\s*begin\b)/;
const END = /^(?:\{%[-+]?\s*end(?<of>\w+)|\{\{[-~]?\s*(?:end\b|\/(?!\*))|<%-?\s*(?:end\b|\}[^{]*%>$))/;

interface Frame {
  /** What its end names: Jinja's word, else the tag's opening. */
  readonly name: string;
  readonly branch: { readonly start: number; end: number } | null;
}

/** The innermost branch from each offset on, up to the next. */
interface Branches {
  readonly offsets: readonly number[];
  readonly innermost: readonly (Branch | null)[];
}

const branchesOf = once(findBranches);

/** A template in which conditions or loops decide what stands there: all branches are read as if they all did. */
export function hasBranches(source: Source): boolean {
  return source.placeholders.length > 0 && branchesOf(source).innermost.some((branch) => branch !== null);
}

/** The innermost branch that an offset lies in; null for what the template always writes. */
export function branchAt(source: Source, offset: number): Branch | null {
  if (source.placeholders.length === 0) return null;
  const { offsets, innermost } = branchesOf(source);
  return innermost[lastUpTo(offsets, offset)] ?? null;
}

/** Tags that end nothing are passed over; what is never ended goes on to the end of the file. */
function findBranches({ text, placeholders }: Source): Branches {
  const stack: Frame[] = [];
  const offsets = [0];
  const innermost: (Branch | null)[] = [null];
  for (const { start, end } of placeholders) {
    const tag = text.slice(start, end);
    if (!follow(stack, tag, start, text.length)) continue;
    offsets.push(start);
    innermost.push(stack.findLast(({ branch }) => branch !== null)?.branch ?? null);
  }
  return { offsets, innermost };
}

/** Whether the tag begins or ends something. */
function follow(stack: Frame[], tag: string, start: number, length: number): boolean {
  const begin = (name: string): boolean => stack.push({ name, branch: { start, end: length } }) > 0;
  if (OTHERWISE.test(tag)) {
    const frame = stack.at(-1);
    return frame !== undefined && endAt(stack, frame.name, start) && begin(frame.name);
  }
  if (BRANCHING.test(tag)) return begin(nameOf(tag));
  if (ENCLOSING.test(tag)) return stack.push({ name: nameOf(tag), branch: null }) > 0;
  const ended = END.exec(tag);
  return ended !== null && endAt(stack, ended.groups?.['of'] ?? tag.slice(0, 2), start);
}

function nameOf(tag: string): string {
  return /^\{%[-+]?\s*(\w+)/.exec(tag)?.[1] ?? tag.slice(0, 2);
}

function endAt(stack: Frame[], name: string, end: number): boolean {
  const index = stack.findLastIndex((frame) => frame.name === name);
  if (index < 0) return false;
  for (const { branch } of stack.splice(index)) if (branch !== null) branch.end = end;
  return true;
}

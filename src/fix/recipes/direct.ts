import { RANK, refusal, type Change, type Refusal } from '../change';
import type { Repair } from '../../lint/rule';
import type { Scope } from '../../model/scope';
import { bodyOfFile, bodyOfSetting, standsIn, type Body } from '../body';
import { bodyFor, includeIn, type FixContext } from '../context';
import { lineEnd, lineStart, nextLine, startsLine } from '../lines';
import type { Span } from '../../text/source';
import { insertAfter, insertBefore, removeDirective } from '../insert';
import type { Operation, Touch, Way } from '../operation';
import { replaceWords } from '../replace';
import { usersOf } from './map-repair';

type Of<K extends Repair['kind']> = Extract<Repair, { kind: K }>;

/** One word of a directive becomes another. */
export function replaceWord({ setting, index, text }: Of<'word'>, { configuration }: FixContext): Way {
  const changes = replaceWords(setting, index, index, text);
  const renamed: Touch[] = index === 0 ? [{ scope: setting.scope, name: text, key: null }] : [];
  const map = setting.scope.opener?.directive;
  const users = map?.name === 'map' ? usersOf(configuration, map.args[1] ?? '') : [];
  const touches = [{ scope: setting.scope, name: setting.directive.name, key: null }, ...renamed, ...users];
  return { operations: [{ changes, scope: setting.scope, shared: setting }], touches, unsafe: null };
}

export function removeSetting({ setting }: Of<'remove'>): Way | Refusal {
  const body = bodyOfSetting(setting);
  if (body === null) return refusal('the block it stands in has no end');
  const changes = [removeDirective(body, setting.directive)];
  const touches = [{ scope: setting.scope, name: setting.directive.name, key: null }];
  return { operations: [{ changes, scope: setting.scope, shared: setting }], touches, unsafe: null };
}

/** A directive, ready written, beside another or at the scope's end. */
export function insertText({ scope, text, near, where }: Of<'insert'>): Way | Refusal {
  const own = bodyFor(scope);
  const body = near !== null && (own === null || !standsIn(own, near)) ? bodyBeside(own, near) : own;
  if (body === null) return refusal('the block it belongs in was not given');
  const words = [text.trim().replace(/;$/, '')];
  const anchor =
    near === null ? null : standsIn(body, near) ? near.directive : (includeIn(body, near)?.directive ?? null);
  const changes: Change[] =
    where === 'before' && anchor !== null
      ? insertBefore(body, anchor, words, RANK.other)
      : insertAfter({ body, after: anchor, lines: [words], rank: RANK.other });
  const touches = [{ scope, name: text.trim().split(/[\s;]/)[0] ?? '', key: null }];
  return { operations: [{ changes, scope, shared: sharedOf(scope, body, own, near) }], touches, unsafe: null };
}

/** Beside a line that an include brought: in the block that includes it, else in the included file. */
function bodyBeside(own: Body | null, near: NonNullable<Of<'insert'>['near']>): Body {
  return own !== null && includeIn(own, near) !== null ? own : bodyOfFile(near.tree);
}

function sharedOf(scope: Scope, body: Body, own: Body | null, near: Of<'insert'>['near']): Operation['shared'] {
  return body === own ? scope.opener : near;
}

/** Text that is no directive: a comment. What is taken out goes with its line, or with the blanks before it. */
export function replaceText(context: FixContext, { place, text }: Of<'text'>): Way {
  const { file } = place;
  const span = text === '' ? wholeComment(context.workspace.files.get(file)?.text ?? '', place) : place;
  const changes = [{ file, start: span.start, end: span.end, text, rank: RANK.other }];
  return { operations: [{ changes, scope: context.configuration.main, shared: null }], touches: [], unsafe: null };
}

function wholeComment(text: string, { start, end }: Span): Span {
  if (end !== lineEnd(text, end)) return { start, end };
  if (startsLine(text, start)) return { start: lineStart(text, start), end: nextLine(text, end) };
  let from = start;
  while (text[from - 1] === ' ' || text[from - 1] === '\t') from -= 1;
  return { start: from, end };
}

import type { Finding, Rule, RuleContext } from '../src/lint/rule';
import { nearest } from '../src/model/distance';

export default {
  id: 'unused-ignore',
  severity: 'warning',
  summary: 'A comment for this tool does nothing: it ignores nothing, or is not understood.',
  nginx: `The comment says nothing to nginx. It is a leftover: what it ignored has been mended or has moved, or the rule's
name is misspelt, and the next real finding at this place would be lost. A comment covers the next directive with its block,
or, behind a directive, that line. A marker (\`# nginx-ws-lint: websocket\`) counts inside a location. What is nearly right
does nothing: \`# nginx-ws-lint-ignore-next-line\`, \`# nginx-ws-lint: not-websockets\`.`,
  exceptions: 'Nothing is said when only some of the rules were run (`--only`).',
  sources: ['this tool'],
  fix: 'safe',
  fixSafety: 'only a comment changes',

  *check(context) {
    for (const { message, help, ...at } of context.strayComments()) yield { at, message, help, routes: [] };
    for (const ignore of context.unusedIgnores()) {
      if (ignore.unknown !== null) {
        yield noSuchRule(ignore, ignore.unknown, context);
        continue;
      }
      const text = context.workspace.files.get(ignore.file)?.text ?? '';
      yield {
        at: ignore,
        message: `nothing is ignored here for ${ignore.rules.join(', ')}`,
        why: 'there is no such finding in what the comment covers',
        help: ignore.whole ? 'take the comment out' : `take ${ignore.rules.join(', ')} out of the comment`,
        routes: [],
        repairs: {
          title: 'take the ignore comment out',
          safety: 'safe',
          repairs: [ignore.whole ? removal(text, ignore) : shortened(text, ignore, ignore.rules)],
        },
      };
    }
  },
} satisfies Rule;

/** Not taken out: what was meant to be ignored is still there. */
function noSuchRule(at: Comment, id: string, { ruleIds }: RuleContext): Finding {
  const meant = nearest(id, [...ruleIds], 3);
  const help = meant === null ? 'nginx-ws-lint rules lists them' : `did you mean ${meant}?`;
  return { at, message: `there is no rule ${id}`, why: 'the comment ignores nothing for it', help, routes: [] };
}

interface Comment {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

type TextRepair = { readonly kind: 'text'; readonly place: Comment; readonly text: string };

/** With its whole line when nothing else is on it. */
function removal(text: string, { file, start, end }: Comment): TextRepair {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const alone = text.slice(lineStart, start).trim() === '';
  if (alone) {
    const next = text.indexOf('\n', end);
    return { kind: 'text', place: { file, start: lineStart, end: next < 0 ? text.length : next + 1 }, text: '' };
  }
  const before = text.slice(lineStart, start).trimEnd().length;
  return { kind: 'text', place: { file, start: lineStart + before, end }, text: '' };
}

function shortened(text: string, { file, start, end }: Comment, rules: readonly string[]): TextRepair {
  const comment = text.slice(start, end);
  const [head = '', list = '', tail = ''] = comment.split(/(?<=ignore[ \t]+)([\w*,\- \t]*?)(?=[ \t]+--|$)/);
  const kept = list.split(/[ \t,]+/).filter((id) => !rules.includes(id));
  return { kind: 'text', place: { file, start, end }, text: `${head}${kept.join(', ')}${tail}` };
}

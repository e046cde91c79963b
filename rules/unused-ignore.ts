import type { Rule } from '../src/lint/rule';

export default {
  id: 'unused-ignore',
  severity: 'warning',
  summary: 'An ignore comment ignores nothing.',
  nginx: `The comment says nothing to nginx. It is a leftover: what it ignored has been mended or has moved, or the rule's
name is misspelt, and the next real finding at this place would be lost. A comment covers the next directive with its block,
or, behind a directive, that line.`,
  exceptions: 'Nothing is said when only some of the rules were run (`--only`).',
  sources: ['this tool'],
  fix: 'safe',
  fixSafety: 'only a comment changes',

  *check(context) {
    for (const ignore of context.unusedIgnores()) {
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
  const kept = list
    .split(',')
    .map((id) => id.trim())
    .filter((id) => !rules.includes(id));
  return { kind: 'text', place: { file, start, end }, text: `${head}${kept.join(', ')}${tail}` };
}

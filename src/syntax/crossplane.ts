import { positionAt } from '../text/source';
import type { Source } from '../text/source';
import type { Directive, SyntaxTree } from './nodes';

/** What nginxinc/crossplane prints for a configuration, key for key. */
export interface CrossplanePayload {
  readonly status: 'ok' | 'failed';
  readonly errors: readonly CrossplaneError[];
  readonly config: readonly CrossplaneFile[];
}

export interface CrossplaneError {
  readonly file: string;
  readonly error: string;
  readonly line: number;
}

export interface CrossplaneFile {
  readonly file: string;
  readonly status: 'ok' | 'failed';
  readonly errors: readonly { readonly error: string; readonly line: number }[];
  readonly parsed: readonly CrossplaneDirective[];
}

export interface CrossplaneDirective {
  readonly directive: string;
  readonly line: number;
  readonly args: readonly string[];
  /** Indexes into `config` of the files that an include names. */
  includes?: readonly number[];
  block?: readonly CrossplaneDirective[];
  comment?: string;
}

export interface CrossplaneOptions {
  readonly comments: boolean;
  /** Indexes of the files that an include's pattern names. */
  includesOf(pattern: string): readonly number[];
}

export function crossplanePayload(trees: readonly SyntaxTree[], options: CrossplaneOptions): CrossplanePayload {
  const config = trees.map((tree) => crossplaneFile(tree, options));
  const errors = config.flatMap(({ file, errors: own }) => own.map(({ error, line }) => ({ file, error, line })));
  return { status: errors.length === 0 ? 'ok' : 'failed', errors, config };
}

function crossplaneFile(tree: SyntaxTree, options: CrossplaneOptions): CrossplaneFile {
  const file = tree.source.path;
  const errors = tree.faults.map(({ message, line }) => ({ error: `${message} in ${file}:${line}`, line }));
  return {
    file,
    status: errors.length === 0 ? 'ok' : 'failed',
    errors,
    parsed: new Export(tree, options).directives(),
  };
}

/** One block on its way out; a stack of these instead of recursion, for blocks may nest thousands deep. */
interface Level {
  readonly directives: readonly Directive[];
  readonly out: CrossplaneDirective[];
  readonly end: number;
  next: number;
}

class Export {
  private comment = 0;

  constructor(
    private readonly tree: SyntaxTree,
    private readonly options: CrossplaneOptions,
  ) {}

  directives(): readonly CrossplaneDirective[] {
    const top: CrossplaneDirective[] = [];
    const stack: Level[] = [{ directives: this.tree.directives, out: top, end: this.tree.source.text.length, next: 0 }];
    for (let level = stack.at(-1); level !== undefined; level = stack.at(-1)) {
      const directive = level.directives[level.next++];
      if (directive === undefined) {
        this.commentsBefore(level.end, level.out);
        stack.pop();
        continue;
      }
      this.commentsBefore(directive.start, level.out);
      const exported = exportDirective(directive, this.tree.source);
      level.out.push(exported);
      if (directive.name === 'include') exported.includes = this.options.includesOf(directive.args[0] ?? '');
      const block = directive.block;
      // A comment between the words comes after the directive, as crossplane puts it.
      if (block === null) this.commentsBefore(directive.end, level.out);
      else if (!block.lua) {
        const out: CrossplaneDirective[] = [];
        exported.block = out;
        this.commentsBefore(block.open, level.out);
        stack.push({ directives: block.directives, out, end: block.close < 0 ? directive.end : block.close, next: 0 });
      }
    }
    return top;
  }

  private commentsBefore(offset: number, out: CrossplaneDirective[]): void {
    const { comments, source } = this.tree;
    for (; (comments[this.comment]?.start ?? Infinity) < offset; this.comment++) {
      const span = comments[this.comment];
      if (span === undefined || !this.options.comments) continue;
      const comment = source.text.slice(span.start + 1, span.end);
      out.push({ directive: '#', line: positionAt(source, span.start).line, args: [], comment });
    }
  }
}

function exportDirective(directive: Directive, source: Source): CrossplaneDirective {
  const { name, block } = directive;
  const { line } = positionAt(source, directive.start);
  if (name === 'if') return { directive: name, line, args: withoutParens(directive.args) };
  const lua = block?.lua === true ? [source.text.slice(block.open + 1, block.close < 0 ? undefined : block.close)] : [];
  return { directive: name, line, args: [...directive.args, ...lua] };
}

/** crossplane drops the parentheses around an if's condition. */
function withoutParens(args: readonly string[]): readonly string[] {
  const words = [...args];
  const last = words.length - 1;
  if (words[0]?.startsWith('(') === true) words[0] = words[0].slice(1).trimStart();
  if (words[last]?.endsWith(')') === true) words[last] = words[last].slice(0, -1).trimEnd();
  return words.filter((word, index) => word !== '' || (index !== 0 && index !== last));
}

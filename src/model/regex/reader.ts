import { invalid } from './ast';
import { isSpace, NEWLINE } from './charset';

/** Options that `(?i)` and the like switch, by their letters. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
  readonly xx: boolean;
  readonly n: boolean;
  readonly U: boolean;
}

export const NO_FLAGS: Flags = { i: false, m: false, s: false, x: false, xx: false, n: false, U: false };

/** A place in the pattern, with what the parser carries along. */
export class Reader {
  at = 0;
  /** Between `\Q` and `\E`. */
  quoted = false;
  depth = 0;
  groups = 0;
  flags: Flags;
  readonly names = new Map<string, number>();
  /** References to check or resolve once all groups are known. */
  readonly references: { group: number; readonly name: string | null; readonly within: readonly number[] }[] = [];
  /** Capturing groups that are open here. */
  readonly open: number[] = [];
  /** In a look-around, where `\K` is refused. */
  looking = 0;

  constructor(
    readonly text: string,
    caseless: boolean,
  ) {
    this.flags = { ...NO_FLAGS, i: caseless };
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  code(): number {
    return this.text.charCodeAt(this.at);
  }

  next(): string {
    return this.text[this.at++] ?? '';
  }

  looksAt(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Moves past `text` when it stands here. */
  take(text: string): boolean {
    if (!this.looksAt(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What the sticky regex matches here, moving past it; null when it does not. */
  scan(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  /** Skips what stands for nothing: `\Q` and `\E`, comments, and white space under `(?x)`. */
  skipIgnorable(): void {
    while (!this.done && this.skipOne());
  }

  private skipOne(): boolean {
    if (this.quoted) {
      if (!this.take('\\E')) return false;
      this.quoted = false;
      return true;
    }
    if (this.take('\\Q')) return (this.quoted = true);
    if (this.take('\\E')) return true;
    if (this.take('(?#')) return this.skipComment();
    if (!this.flags.x) return false;
    if (this.peek() === '#') return this.skipLine();
    if (!isSpace(this.code())) return false;
    this.at++;
    return true;
  }

  private skipComment(): boolean {
    const end = this.text.indexOf(')', this.at);
    if (end < 0) throw invalid('missing ) after (?# comment');
    this.at = end + 1;
    return true;
  }

  private skipLine(): boolean {
    const end = this.text.indexOf(String.fromCharCode(NEWLINE), this.at);
    this.at = end < 0 ? this.text.length : end + 1;
    return true;
  }
}

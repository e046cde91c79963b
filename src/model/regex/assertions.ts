import { isWord, NEWLINE } from './charset';
import { OP } from './instructions';

/** Whether an assertion's instruction holds at this place. */
export function holds(op: number, subject: string, at: number): boolean {
  const left = subject.length - at;
  switch (op) {
    case OP.start:
      return at === 0;
    case OP.lineStart:
      // Not after a newline that ends the subject.
      return at === 0 || (left > 0 && subject.charCodeAt(at - 1) === NEWLINE);
    case OP.end:
      return left === 0 || (left === 1 && subject.charCodeAt(at) === NEWLINE);
    case OP.lineEnd:
      return left === 0 || subject.charCodeAt(at) === NEWLINE;
    case OP.veryEnd:
      return left === 0;
    default:
      return (isWord(subject.charCodeAt(at - 1)) !== isWord(subject.charCodeAt(at))) === (op === OP.word);
  }
}

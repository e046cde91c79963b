/** A line longer than this is no log line of nginx (an error line ends at 2048 bytes): its rest is dropped. */
const MOST_LINE = 64 * 1024;

/** Cuts text that comes in pieces into lines, in constant memory. */
export interface LineSplitter {
  push(text: string): void;
  end(): void;
}

export function createLineSplitter(take: (line: string) => void): LineSplitter {
  let rest = '';
  let dropping = false;
  const emit = (line: string): void => {
    take(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  return {
    push(text) {
      let at = 0;
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
        if (!dropping) emit(rest === '' ? text.slice(at, end) : rest + text.slice(at, end));
        dropping = false;
        rest = '';
        at = end + 1;
      }
      if (dropping) return;
      rest += text.slice(at);
      if (rest.length <= MOST_LINE) return;
      emit(rest.slice(0, MOST_LINE));
      rest = '';
      dropping = true;
    },
    end() {
      if (rest !== '') emit(rest);
      rest = '';
    },
  };
}

import type { LintResult } from '../../lint/result';
import type { Fix } from '../../lint/result';
import type { Place } from '../../text/source';
import type { Paint } from '../color';
import { frame } from '../frame';
import { miniDiff } from '../mini-diff';
import { xmlText } from '../xml';

/**
 * Frames and patches are made for terminals: text in which nothing is escaped and every control character is made
 * visible. So control characters can stand for the colours until the text is escaped.
 */
const OPEN = '\u0001';
const CLOSE = '\u0002';
const CLASSES = {
  red: 'del',
  green: 'ins',
  blue: 'gutter',
  yellow: 'mark',
  dim: 'dim',
  bold: 'bold',
  cyan: 'mark',
} as const;

function marker(name: keyof typeof CLASSES): (text: string) => string {
  const index = Object.keys(CLASSES).indexOf(name);
  return (text) => (text === '' ? '' : `${OPEN}${index}${text}${CLOSE}`);
}

const PAINT: Paint = {
  bold: marker('bold'),
  dim: marker('dim'),
  red: marker('red'),
  green: marker('green'),
  yellow: marker('yellow'),
  blue: marker('blue'),
  cyan: marker('cyan'),
};

/** Colours become elements, everything between them is escaped. */
function elements(text: string): string {
  const names = Object.values(CLASSES);
  return text
    .split(/(\u0001\d|\u0002)/)
    .map((part) => {
      if (part === CLOSE) return '</span>';
      return part.startsWith(OPEN) ? `<span class="${names[Number(part[1])]}">` : xmlText(part);
    })
    .join('');
}

/** The lines around a place, which is underlined. Null when its file was not given: then it is not shown. */
export function codeFrame(
  place: Place,
  { sources, given }: Pick<LintResult, 'sources' | 'given'>,
  { showSecrets, context }: { readonly showSecrets: boolean; readonly context: number },
): string | null {
  const source = sources.get(place.file);
  if (source === undefined || !given.has(place.file)) return null;
  const look = { paint: PAINT, showSecrets, mark: PAINT.yellow, sign: '^', context, label: '' } as const;
  return `<pre class="frame" tabindex="0"><code>${elements(frame(source, place, look))}</code></pre>`;
}

const MOST_LINES = 40;

export function patch(fix: Fix, sources: LintResult['sources'], showSecrets: boolean): string {
  const lines = miniDiff(fix, sources, { paint: PAINT, showSecrets, most: MOST_LINES });
  return `<pre class="patch" tabindex="0"><code>${elements(lines.join('\n'))}</code></pre>`;
}

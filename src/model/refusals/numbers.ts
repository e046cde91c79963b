/** Numbers as nginx's configuration reader takes them (ngx_atoi, ngx_parse_time, ngx_parse_offset). */

const MAX_INT = 2n ** 63n - 1n;

/** Digits only; null for anything else, and beyond 64 bits. */
export function parseInteger(text: string): number | null {
  if (!/^\d+$/.test(text)) return null;
  return text.length > 15 && BigInt(text) > MAX_INT ? null : Number(text);
}

const UNITS: Readonly<Record<string, readonly [rank: number, seconds: number]>> = {
  y: [1, 31_536_000],
  M: [2, 2_592_000],
  w: [3, 604_800],
  d: [4, 86_400],
  h: [5, 3_600],
  m: [6, 60],
  s: [7, 1],
  ms: [8, 0.001],
  ' ': [9, 1],
};

const SIMPLE = /^(\d{1,9})([smhd]?)$/;

/** Seconds; null when nginx refuses the text. Millisecond settings take `ms` but neither years nor months. */
export function parseTime(text: string, unit: 'msec' | 'sec'): number | null {
  const simple = SIMPLE.exec(text);
  if (simple !== null) return Number(simple[1]) * (UNITS[simple[2] ?? '']?.[1] ?? 1);
  return parseTimeParts(text, unit);
}

function parseTimeParts(text: string, unit: 'msec' | 'sec'): number | null {
  const piece = /(\d*)(ms|[yMwdhms ]|$) */y;
  let rank = unit === 'sec' ? 0 : 2;
  let total = 0;
  let digits = false;
  while (piece.lastIndex < text.length) {
    const match = piece.exec(text);
    if (match === null) return null;
    digits ||= match[1] !== '';
    const [step, seconds] = UNITS[match[2] ?? ''] ?? [10, 1];
    if (step <= rank || (step === 9 && rank >= 7) || (step === 8 && unit === 'sec')) return null;
    rank = step;
    total += Number(match[1]) * seconds;
  }
  return digits && total * (unit === 'msec' ? 1000 : 1) < Number(MAX_INT) ? total : null;
}

const [K, M, G] = [1024, 1024 ** 2, 1024 ** 3];
const SCALES: Readonly<Record<string, number>> = { k: K, K, m: M, M, g: G, G };

/** Bytes of a size (`k`, `m`) or an offset (`g` too); null when nginx refuses the text. */
export function parseBytes(text: string, kind: 'size' | 'offset'): number | null {
  const scale = SCALES[text.slice(-1)];
  if (scale === G && kind === 'size') return null;
  const count = parseInteger(scale === undefined ? text : text.slice(0, -1));
  const bytes = count === null ? Infinity : count * (scale ?? 1);
  return bytes < Number(MAX_INT) ? bytes : null;
}

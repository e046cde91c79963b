/** Units of ngx_parse_time, longest first, in seconds; milliseconds are `ms`. */
const TIME = /(\d+)(ms|[yMwdhms ])? */y;
const SECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000,
  M: 2_592_000,
  w: 604_800,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
  ' ': 1,
};
const ORDER = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms', ' '];

const MOST_TIMES = 1_000;
const times = new Map<string, number | null>();

/**
 * A time in milliseconds as ngx_parse_time reads it for a millisecond slot (`1h 30m`, `500ms`, `60`); null when nginx
 * refuses it. Years and months are refused there. Answers are kept: every request asks for the same few.
 */
export function parseMilliseconds(text: string): number | null {
  let time = times.get(text);
  if (time === undefined) {
    time = readMilliseconds(text);
    if (times.size < MOST_TIMES) times.set(text, time);
  }
  return time;
}

function readMilliseconds(text: string): number | null {
  let total = 0;
  let step = 1;
  let at = 0;
  if (text === '') return null;
  while (at < text.length) {
    TIME.lastIndex = at;
    const match = TIME.exec(text);
    if (match === null) return null;
    const unit = match[2];
    const rank = unit === undefined ? ORDER.length : ORDER.indexOf(unit);
    // A bare number is seconds and ends the value; a space stands where `s` would.
    if (unit !== undefined && (rank <= step || (unit === ' ' && step >= ORDER.indexOf('s')))) return null;
    total += Number(match[1]) * (unit === 'ms' ? 1 : 1000 * (SECONDS[unit ?? 's'] ?? 1));
    step = rank;
    at = TIME.lastIndex;
  }
  return total;
}

/** `3600000` -> `1h`, `90000` -> `90s`: for messages. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds % 1000 !== 0) return `${milliseconds}ms`;
  const seconds = milliseconds / 1000;
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds >= 3_600 && seconds % 3_600 === 0) return `${seconds / 3_600}h`;
  return `${seconds}s`;
}

/** A size in bytes as ngx_parse_size reads it (`4k`, `1M`, `512`); null when nginx refuses it. */
export function parseSize(text: string): number | null {
  const match = /^(\d+)([kKmM]?)$/.exec(text);
  if (match === null) return null;
  const unit = (match[2] ?? '').toLowerCase();
  return Number(match[1]) * (unit === 'k' ? 1024 : unit === 'm' ? 1024 * 1024 : 1);
}

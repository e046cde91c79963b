import { upgradeOver } from './access';
import type { AccessLine } from './types';

/** Reads lines of one log_format; null for a line that is not of it. */
export type FormatReader = (line: string) => AccessLine | null;

interface Piece {
  readonly variable: string | null;
  readonly literal: string;
}

/**
 * A reader for a log_format's text (its strings joined, as nginx joins them). Each variable ends where the literal
 * after it starts next, so it costs one pass over the line. null when the format holds no $status or no request.
 */
export function compileFormat(format: string): FormatReader | null {
  const pieces = split(format);
  const names = new Set(pieces.map((piece) => piece.variable));
  const request = names.has('request') || names.has('request_uri') || names.has('uri');
  if (!names.has('status') || !request) return null;
  return (line) => {
    const fields = cut(line, pieces);
    return fields === null ? null : accessLine(fields);
  };
}

/** `$a - ${b}[$c]` -> literals and variables in turn. */
function split(format: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const match of format.matchAll(/\$(?:\{(\w+)\}|(\w+))|([^$]+|\$)/g)) {
    const variable = match[1] ?? match[2] ?? null;
    pieces.push({ variable, literal: variable === null ? (match[3] ?? '') : '' });
  }
  return pieces;
}

function cut(line: string, pieces: readonly Piece[]): ReadonlyMap<string, string> | null {
  const fields = new Map<string, string>();
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.variable === null) {
      if (!line.startsWith(piece.literal, at)) return null;
      at += piece.literal.length;
      continue;
    }
    const next = pieces[index + 1];
    const end = next === undefined || next.literal === '' ? line.length : line.indexOf(next.literal, at);
    if (end < 0) return null;
    fields.set(piece.variable, line.slice(at, end));
    at = end;
  }
  return fields;
}

function accessLine(fields: ReadonlyMap<string, string>): AccessLine | null {
  const status = Number(fields.get('status'));
  if (!Number.isInteger(status)) return null;
  const [method, target, protocol] = (fields.get('request') ?? '').split(' ');
  const seconds = Number(fields.get('request_time') ?? NaN);
  return {
    time: fields.get('time_local') ?? fields.get('time_iso8601') ?? null,
    method: fields.get('request_method') ?? method ?? null,
    target: fields.get('request_uri') ?? target ?? fields.get('uri') ?? null,
    status,
    upstreamStatus: fields.get('upstream_status') ?? null,
    seconds: Number.isNaN(seconds) ? null : seconds,
    host: fields.get('http_host') ?? fields.get('host') ?? fields.get('server_name') ?? null,
    upgrade: fields.get('http_upgrade') ?? upgradeOver(fields.get('server_protocol') ?? protocol ?? ''),
  };
}

import { ConfigError } from '../fs/config-file';
import { nearest } from '../model/distance';
import { tolerance } from './invocation';
import { quoted } from './usage-error';

/** Where a value stands: `deploy/.nginx-ws-lint.json: rules.http-version`. */
export interface Spot {
  readonly file: string;
  readonly path: string;
}

export function at(spot: Spot, key: string | number): Spot {
  const part = typeof key === 'number' ? `[${key}]` : spot.path === '' ? key : `.${key}`;
  return { ...spot, path: spot.path + part };
}

export function refuse(spot: Spot, what: string): never {
  throw new ConfigError(`${spot.file}: ${spot.path === '' ? '' : `${spot.path}: `}${what}`);
}

type Json = Readonly<Record<string, unknown>>;

export function objectAt(value: unknown, spot: Spot): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse(spot, `an object, not ${shown(value)}`);
  return value as Json;
}

/** Refuses keys that are none of these, with the nearest. */
export function knownKeys(value: Json, known: readonly string[], spot: Spot): void {
  for (const key of Object.keys(value)) oneOfKeys(key, known, spot, 'unknown key');
}

export function oneOfKeys(key: string, known: readonly string[], spot: Spot, what: string): void {
  if (known.includes(key)) return;
  const near = nearest(key, known, tolerance(key));
  refuse(spot, `${what} ${quoted(key)}; ${near === null ? listed(known) : `did you mean ${near}?`}`);
}

/** Rules are too many for a line. */
function listed(known: readonly string[]): string {
  return known.length > 25 ? 'nginx-ws-lint rules lists them' : `known are ${known.join(', ')}`;
}

export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value);
  return text === 'undefined' ? 'nothing' : text;
}

export function stringAt(value: unknown, spot: Spot): string {
  if (typeof value !== 'string' || value === '')
    refuse(spot, `a text, not ${value === '' ? 'an empty one' : shown(value)}`);
  return value;
}

export function booleanAt(value: unknown, spot: Spot): boolean {
  if (typeof value !== 'boolean') refuse(spot, `true or false, not ${shown(value)}`);
  return value;
}

export function countAt(value: unknown, spot: Spot): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) refuse(spot, `a whole number from 0, not ${shown(value)}`);
  return value as number;
}

/** One text or a list of them. */
export function stringsAt(value: unknown, spot: Spot): readonly string[] {
  if (!Array.isArray(value)) return [stringAt(value, spot)];
  return value.map((each, index) => stringAt(each, at(spot, index)));
}

export function choiceAt<Choice extends string>(value: unknown, choices: readonly Choice[], spot: Spot): Choice {
  const text = stringAt(value, spot);
  oneOfKeys(text, choices, spot, 'unknown value');
  return text as Choice;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A number of seconds, or a time as nginx writes it: 100, "100s", "5m", "1h 30m". Milliseconds. */
export function timeAt(value: unknown, spot: Spot): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return Math.round(value * 1000);
  const parts = typeof value === 'string' ? value.trim().split(/\s+/) : [];
  let total = 0;
  for (const part of parts) {
    const match = /^(\d{1,9})(ms|s|m|h|d)?$/.exec(part);
    if (match === null) refuse(spot, `a time such as 60, "60s" or "5m", not ${shown(value)}`);
    total += Number(match?.[1]) * (UNITS[match?.[2] ?? 's'] ?? 1000);
  }
  if (total <= 0) refuse(spot, `a time such as 60, "60s" or "5m", not ${shown(value)}`);
  return total;
}

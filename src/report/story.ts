import type { Diagnostic, LintResult } from '../lint/result';
import { visible } from './display';
import { placeName } from './places';

/** What a finding says beside its message: lines of plain text for formats that have no frames. */
export function storyLines(
  diagnostic: Diagnostic,
  { sources }: Pick<LintResult, 'sources'>,
  mask: (text: string) => string,
): readonly string[] {
  const { why, notes, related, via, help, fix } = diagnostic;
  const lines = [
    ...(why === null ? [] : [`why: ${mask(why)}`]),
    ...notes.map((note) => `note: ${mask(note)}`),
    ...related.map((one) => `see ${placeName(sources, one)}: ${mask(one.message)}`),
    ...(via.length === 0 ? [] : [`included from ${via.map((place) => placeName(sources, place)).join(', from ')}`]),
    ...(help === null ? [] : [`help: ${mask(help)}`]),
    ...(fix === null ? [] : [`fix: ${fix.title} (${HOW[fix.safety]})`]),
  ];
  return lines.map(visible);
}

const HOW = { safe: 'safe, --fix', unsafe: 'unsafe, --fix --unsafe-fixes' } as const;

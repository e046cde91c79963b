import { entryOf } from '../lint/baseline';
import type { Diagnostic, LintResult } from '../lint/result';

/** A finding with the result it is of, and what it is known by from run to run. */
export interface Fingerprinted {
  readonly diagnostic: Diagnostic;
  readonly result: LintResult;
  /** 16 hexadecimal digits of what it says and where it stands among the blocks, `:`, which of several such it is. */
  readonly fingerprint: string;
}

/** As a baseline knows findings: lines that move do not change it. Each is unique in the report. */
export function fingerprinted(
  findings: readonly { readonly diagnostic: Diagnostic; readonly result: LintResult }[],
): readonly Fingerprinted[] {
  const seen = new Map<string, number>();
  return findings.map(({ diagnostic, result }) => {
    const { rule, path, line } = entryOf(diagnostic, result.sources);
    const hash = hashOf([rule, diagnostic.file, path, line].join('\n'));
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return { diagnostic, result, fingerprint: `${hash}:${count}` };
  });
}

/** FNV-1a in two lanes of 32 bits. No cryptography: it tells findings apart. */
export function hashOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xc9dc5118;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  return hexadecimal(high) + hexadecimal(low);
}

function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

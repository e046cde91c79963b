import type { Input } from './arbitrary';

/** The smallest input on the way down that still fails: files first, then lines, then characters. */
export function minimise(input: Input, fails: (input: Input) => boolean, milliseconds: number): Input {
  const end = Date.now() + milliseconds;
  const stillFails = (files: Readonly<Record<string, string>>): boolean =>
    Date.now() < end && fails({ ...input, files });
  let files = withoutFiles(input.files, stillFails);
  for (const name of Object.keys(files)) {
    const wanted = (text: string): boolean => stillFails({ ...files, [name]: text });
    const byLine = shorter((files[name] ?? '').split(/(?<=\n)/), (parts) => wanted(parts.join('')));
    files = { ...files, [name]: byLine.join('') };
    const byCharacter = shorter([...byLine.join('')], (parts) => wanted(parts.join('')));
    files = { ...files, [name]: byCharacter.join('') };
  }
  return { ...input, files };
}

function withoutFiles(
  files: Readonly<Record<string, string>>,
  fails: (files: Readonly<Record<string, string>>) => boolean,
): Readonly<Record<string, string>> {
  let kept = files;
  for (const name of Object.keys(files)) {
    if (name === 'nginx.conf') continue;
    const rest = Object.fromEntries(Object.entries(kept).filter(([other]) => other !== name));
    if (fails(rest)) kept = rest;
  }
  return kept;
}

/** Takes out runs of parts, long ones first (Zeller's ddmin without its complements). */
function shorter(parts: readonly string[], fails: (parts: readonly string[]) => boolean): readonly string[] {
  let kept = parts;
  for (let size = Math.ceil(parts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (fails(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}

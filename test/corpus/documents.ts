/** The nginx configurations in a file: itself, the fenced blocks of Markdown, the here-documents of a shell script. */
export function configurationsIn(path: string, text: string): readonly string[] {
  if (path.endsWith('.md')) return fenced(text).filter(isNginx);
  if (text.startsWith('#!') || path.endsWith('.sh')) return hereDocuments(text).filter(isNginx);
  return [text];
}

function fenced(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm)].map((match) => match[1] ?? '');
}

/** The shell takes `\$` for `$`; its own `${VAR}` stays. */
function hereDocuments(text: string): readonly string[] {
  const found = [...text.matchAll(/<<-?\s*["']?(\w+)["']?[^\n]*\n([\s\S]*?)^\s*\1\b/gm)];
  return found.map((match) => (match[2] ?? '').replaceAll('\\$', '$'));
}

function isNginx(block: string): boolean {
  return /\b\w+_pass\s|\bmap\s+\$/.test(block);
}

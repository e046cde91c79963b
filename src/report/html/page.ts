import { html as text } from './text';
import { SCRIPT } from './script';
import { STYLE } from './style';

/**
 * SHA-256 of the style sheet and the script, in base64: only these two may act, whatever else comes to stand in the page.
 * A test works them out anew.
 */
export const STYLE_HASH = 'NWS7Rh9flvpmKYKquvS8DDABRzDoR3EhoJHSDo6QKxQ=';
export const SCRIPT_HASH = 'oLftCApFsFonJfD73/zBNkdPjYBBZPuqC0DX8tqdTO0=';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  `script-src 'sha256-${SCRIPT_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const DRAWINGS = {
  client: '<rect x="3" y="4" width="18" height="14" rx="2"/><path d="M3 8h18M6 6h.01M9 6h.01"/>',
  server:
    '<rect x="4" y="3" width="16" height="7" rx="1.5"/><rect x="4" y="14" width="16" height="7" rx="1.5"/><path d="M7 6.5h.01M7 17.5h.01M11 6.5h6M11 17.5h6"/>',
  backend: '<path d="M8 6l-5 6 5 6M16 6l5 6-5 6M13.5 4l-3 16"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
  cross: '<path d="M5 5l14 14M19 5L5 19"/>',
  tick: '<path d="M4 13l5 5L20 6"/>',
  question: '<path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5h.01"/>',
} as const;

const SPRITE = `<svg class="sprite" aria-hidden="true">${Object.entries(DRAWINGS)
  .map(([name, paths]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${paths}</symbol>`)
  .join('')}</svg>`;

/** One file that needs nothing else, and may fetch nothing. */
export function wholePage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${SPRITE}
${body}<script>${SCRIPT}</script>
</body>
</html>
`;
}

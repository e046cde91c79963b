import { locationWords } from './location-words';
import type { Scope } from './scope';

const ENDINGS: ReadonlySet<string> = new Set(
  (
    'js mjs css map htm html txt xml json webmanifest pdf ico gif jpg jpeg png svg svgz webp avif bmp tif tiff swf ' +
    'woff woff2 ttf otf eot mp3 mp4 m4a m4v ogg ogv oga wav flac webm avi mov gz zip rar 7z tar tgz bz2 exe'
  ).split(' '),
);

/** A path whose last segment is a file's name: `/favicon.ico`, `/socket.io/socket.io.js`. */
export function isStaticFile(path: string): boolean {
  const ending = /\.(\w+)$/.exec(path.toLowerCase())?.[1];
  return ending !== undefined && ENDINGS.has(ending);
}

/** A location for such a file, or for all with certain endings: `~* \.(js|css|jpe?g)$`. No handshake comes there. */
export function takesStaticFiles(location: Scope): boolean {
  const { modifier, pattern } = locationWords(location);
  if (modifier === '@') return false;
  return modifier.startsWith('~') ? endsInFiles(pattern.toLowerCase()) : isStaticFile(pattern);
}

/** What stands behind the last `\.` of a regex, in one group or none. */
function endsInFiles(pattern: string): boolean {
  const ending = /\\\.(?:\((?:\?:)?([^()]*)\)|([^()|$]*))\??\$?$/.exec(pattern);
  const alternatives = (ending?.[1] ?? ending?.[2] ?? '').split('|');
  return alternatives.every((one) => ENDINGS.has(one.replace(/\?/g, '')) || ENDINGS.has(one.replace(/\w\?/g, '')));
}

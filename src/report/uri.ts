import type { ReportOptions } from './report';

/**
 * A file's name as a URI reference (RFC 3986): relative names stay relative, absolute ones become `file:` URIs. What is
 * no character of a path is percent-encoded; half of a surrogate pair stands as U+FFFD.
 */
export function uriOf(file: string): string {
  if (file.startsWith('/')) return `file://${encodePath(file)}`;
  if (/^[A-Za-z]:\//.test(file)) return `file:///${file.slice(0, 2)}${encodePath(file.slice(2))}`;
  return encodePath(file);
}

/** Whether a name is relative to the working directory. */
export function isRelative(file: string): boolean {
  return !file.startsWith('/') && !/^[A-Za-z]:\//.test(file);
}

type RepositoryPlace = Pick<ReportOptions, 'below' | 'repository'>;

/** A file's name as services take it that know the repository and not the working directory. */
export function inRepository(file: string, { below = '', repository = '' }: RepositoryPlace): string {
  if (isRelative(file)) return below === '' ? file : `${below}/${file}`;
  return repository !== '' && file.startsWith(`${repository}/`) ? file.slice(repository.length + 1) : file;
}

function encodePath(path: string): string {
  let encoded = '';
  for (const character of path) {
    encoded += /[A-Za-z0-9\-._~/]/.test(character) ? character : encodeURIComponent(whole(character));
  }
  return encoded;
}

function whole(character: string): string {
  return character.length === 1 && /[\ud800-\udfff]/.test(character) ? '\ufffd' : character;
}

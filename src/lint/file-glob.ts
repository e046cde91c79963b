/**
 * Whether a glob names a path: `?` and `*` stay within a name, `**` crosses `/`. A glob without `/` holds for the last
 * name of the path. Time is linear in the path for each star.
 */
export function globNames(glob: string, path: string): boolean {
  const pattern = glob.replace(/^\.\//, '').replace(/\/+$/, '/**');
  return matches(pieces(pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`), path);
}

type Piece = '*' | '**' | '**/' | '?' | { readonly literal: string };

function pieces(glob: string): Piece[] {
  return [...glob.matchAll(/\*\*\/|\*\*|\*|\?|[^*?]/gs)].map(([text]) =>
    text === '**/' || text === '**' || text === '*' || text === '?' ? text : { literal: text },
  );
}

/** The set of piece numbers reached, moved on one character at a time. */
function matches(all: readonly Piece[], path: string): boolean {
  let reached = closure(all, new Set([0]), true);
  let atStart = false;
  for (const character of path) {
    const next = new Set<number>();
    for (const index of reached) {
      const piece = all[index];
      if (piece === '**' || piece === '**/') next.add(index);
      else if (piece === '*' && character !== '/') next.add(index);
      else if (piece === '?' && character !== '/') next.add(index + 1);
      else if (typeof piece === 'object' && piece.literal === character) next.add(index + 1);
    }
    atStart = character === '/';
    reached = closure(all, next, atStart);
  }
  return reached.has(all.length);
}

/** Stars may stand for nothing; a doubled one with a slash only where a name begins. */
function closure(all: readonly Piece[], from: ReadonlySet<number>, nameBegins: boolean): ReadonlySet<number> {
  const reached = new Set(from);
  for (const index of reached) {
    const piece = all[index];
    if (piece === '*' || piece === '**' || (piece === '**/' && nameBegins)) reached.add(index + 1);
  }
  return reached;
}

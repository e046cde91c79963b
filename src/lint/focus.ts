import type { Route } from '../model/route';
import type { Setting } from '../model/scope';
import { placeOfSetting } from './places';
import type { Diagnostic } from './result';

/**
 * Whether a finding is for who looks at these files alone. `wide`: not only when it stands in one of them, but also
 * when a related place or a route that it names does.
 */
export function concerns(diagnostic: Diagnostic, files: ReadonlySet<string>, wide: boolean): boolean {
  if (files.has(diagnostic.file)) return true;
  if (!wide) return false;
  return (
    diagnostic.related.some(({ file }) => files.has(file)) || diagnostic.routes.some((route) => liesIn(route, files))
  );
}

/** Its pass, or a block around it: a snippet is wrong for the server that includes it. */
function liesIn({ pass, inner, location, server }: Route, files: ReadonlySet<string>): boolean {
  const settings = [pass, inner?.opener, location?.opener, server.opener].filter((one): one is Setting => one != null);
  return settings.some((setting) => files.has(placeOfSetting(setting).file));
}

import { maskText } from '../lint/secrets';
import { placeOfSetting } from '../lint/places';
import type { LintResult } from '../lint/result';
import type { Scope, Setting } from '../model/scope';
import { positionAt } from '../text/source';
import type { Place, Position, Source } from '../text/source';
import { once } from '../text/once';

/** Line and column of an offset in a file of the result; line 1, column 1 where its text is not there. */
export function positionIn(sources: ReadonlyMap<string, Source>, file: string, offset: number): Position {
  const source = sources.get(file);
  return source === undefined ? { line: 1, column: 1 } : positionAt(source, offset);
}

/** `conf.d/app.conf:14:9` */
export function placeName(sources: ReadonlyMap<string, Source>, place: Place): string {
  const { line, column } = positionIn(sources, place.file, place.start);
  return `${place.file}:${line}:${column}`;
}

/** `conf.d/app.conf:14` */
export function settingName(setting: Setting): string {
  const { file, start } = placeOfSetting(setting);
  return `${file}:${positionAt(setting.tree.source, start).line}`;
}

export interface FileLine {
  readonly file: string;
  readonly line: number;
}

export function fileLine(setting: Setting): FileLine {
  const { file, start } = placeOfSetting(setting);
  return { file, line: positionAt(setting.tree.source, start).line };
}

/** Where a block is opened; null for one that was not given. */
export function scopeLine(scope: Scope | null): FileLine | null {
  return scope?.opener == null ? null : fileLine(scope.opener);
}

/**
 * Names that a server answers to, as written; none: it takes what no other server on its port does. Asked for every
 * route; a server may have thousands of both.
 */
export const serverNames = once((server: Scope): readonly string[] =>
  server.own('server_name').flatMap(({ directive }) => directive.args),
);

const knownListens = new WeakMap<Scope, readonly string[]>();

export function serverListens(server: Scope): readonly string[] {
  let listens = knownListens.get(server);
  if (listens === undefined)
    knownListens.set(server, (listens = server.own('listen').map(({ directive }) => directive.args.join(' '))));
  return listens;
}

/** Ids are unique in one result; in a report of several they need the root's number. */
export function routeId(results: readonly LintResult[], index: number, id: string): string {
  return results.length > 1 ? `${index + 1}:${id}` : id;
}

/** Masks secrets in a message unless they are asked for. */
export function masker(showSecrets: boolean): (text: string) => string {
  return showSecrets ? (text) => text : maskText;
}

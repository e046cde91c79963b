import type { Likeness, Reduced } from '../model/likeness';
import type { Route } from '../model/route';
import type { Workspace } from '../model/workspace';
import { piecesIn } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import type { Judged } from './linter';
import type { RouteVerdict } from './result';
import { twinOf } from './twin';
import type { Twin } from './twin';

/** A model file, and those it stands for. */
export interface Family {
  readonly likeness: Likeness;
  /** Of the routes in the model. */
  readonly verdicts: readonly RouteVerdict[];
  /** Of the files that were left out. */
  readonly twins: readonly Twin[];
  /** What the model has of its own: its words, and its name without directories. */
  readonly own: readonly string[];
}

/** By model file. */
export function familiesOf(workspace: Workspace, reduced: Reduced, judged: Judged): ReadonlyMap<string, Family> {
  const verdicts = new Map<string, RouteVerdict[]>(reduced.likenesses.map(({ model }) => [model, []]));
  for (const verdict of judged.verdicts) {
    verdicts.get(verdict.route.server.opener?.tree.source.path ?? '')?.push(verdict);
  }
  const families = new Map<string, Family>();
  for (const likeness of reduced.likenesses) {
    const { model, files } = likeness;
    const pieces = piecesOf(workspace, model);
    if (pieces === null) continue;
    let twins: readonly Twin[] | null = null;
    families.set(model, {
      likeness,
      verdicts: verdicts.get(model) ?? [],
      get twins() {
        return (twins ??= files.slice(1).flatMap((file) => twinsOf(workspace, pieces, file)));
      },
      own: [nameOf(model), ...pieces.pieces.flatMap(({ words }) => words)],
    });
  }
  return families;
}

function twinsOf(workspace: Workspace, model: Pieces, file: string): readonly Twin[] {
  const pieces = piecesOf(workspace, file);
  return pieces === null ? [] : [twinOf(model, file, pieces)];
}

function piecesOf({ files }: Workspace, file: string): Pieces | null {
  const source = files.get(file);
  return source === undefined ? null : piecesIn(source);
}

/** Without directories. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** What stands for a route of a file that was left out: enough for a report that names routes and their evidence. */
export function routeOf(route: Route, { likeness }: Family, twin: Twin): Route {
  const names = route.server.own('server_name').flatMap(({ directive }) => directive.args.map(twin.word));
  const [from, to] = [`(${nameOf(likeness.model)}:`, `(${nameOf(twin.file)}:`];
  const reasons = route.websocket.reasons.map((reason) => reason.replaceAll(from, to));
  return { ...route, id: `${route.id} ${twin.file}`, names, websocket: { ...route.websocket, reasons } };
}

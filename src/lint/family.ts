import type { Reduced } from '../model/likeness';
import type { Route } from '../model/route';
import type { Workspace } from '../model/workspace';
import type { Judged } from './linter';
import { Relatives, nameOf } from './relatives';
import type { RouteVerdict } from './result';
import type { Twin } from './twin';

/** A model file and its relatives, with what the routes in it were judged to be. */
export class Family extends Relatives {
  readonly verdicts: RouteVerdict[] = [];
}

/** By model file. */
export function familiesOf(workspace: Workspace, reduced: Reduced, judged: Judged): ReadonlyMap<string, Family> {
  const families = new Map(
    reduced.likenesses.map((likeness) => [likeness.model, new Family(workspace, likeness)] as const),
  );
  for (const verdict of judged.verdicts) {
    families.get(verdict.route.server.opener?.tree.source.path ?? '')?.verdicts.push(verdict);
  }
  return families;
}

/** What stands for a route of a file that was left out: enough for a report that names routes and their evidence. */
export function routeOf(route: Route, { likeness }: Family, twin: Twin): Route {
  const names = route.server.own('server_name').flatMap(({ directive }) => directive.args.map(twin.word));
  const [from, to] = [`(${nameOf(likeness.model)}:`, `(${nameOf(twin.file)}:`];
  const reasons = route.websocket.reasons.map((reason) => reason.replaceAll(from, to));
  return { ...route, id: `${route.id} ${twin.file}`, names, websocket: { ...route.websocket, reasons } };
}

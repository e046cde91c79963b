import type { Reduced } from '../model/likeness';
import type { Route } from '../model/route';
import type { Workspace } from '../model/workspace';
import { familiesOf, routeOf } from './family';
import type { Family } from './family';
import type { Judged } from './linter';
import type { Diagnostic, RouteVerdict } from './result';
import type { Unfit } from './reduced';
import { nameOf } from './relatives';
import { createRouteOrder } from './route-order';
import type { Twin } from './twin';

/** Makes the findings of model files those of all files like them; or says for which files that cannot be done. */
export function spread(workspace: Workspace, reduced: Reduced, judged: Judged): Judged | Unfit {
  const families = familiesOf(workspace, reduced, judged);
  const inOrder = createRouteOrder(judged, reduced.likenesses);
  const unfit = new Set([...families.values()].filter((family) => isUnknown(family) || hasNamesake(family, judged)));
  const found: Diagnostic[] = [];
  for (const diagnostic of judged.found) {
    const own = families.get(diagnostic.file);
    const others = familiesIn(diagnostic.routes, families);
    const copies =
      own === undefined ? elsewhere(diagnostic, others, families, inOrder) : copiesOf(diagnostic, own, others);
    if (copies === null) for (const family of own === undefined ? others : [...others, own]) unfit.add(family);
    else for (const copy of copies) found.push(copy);
  }
  if (unfit.size > 0) return { unfit: [...unfit].flatMap(({ likeness }) => likeness.files) };
  const alike = [...families.values()].map(({ verdicts, likeness: { files } }) => ({
    verdicts,
    times: files.length - 1,
  }));
  return { ...judged, found, alike };
}

/** What is unknown is listed, route by route. */
function isUnknown({ verdicts }: Family): boolean {
  return verdicts.some(({ route, handshake }) => route.websocket.serves !== 'no' && isOpen(handshake));
}

/** Evidence names files without their directories. */
function hasNamesake({ likeness: { model } }: Family, { configuration }: Judged): boolean {
  const name = nameOf(model);
  return [...configuration.trees.keys()].some((file) => file !== model && nameOf(file) === name);
}

function isOpen(handshake: RouteVerdict['handshake']): boolean {
  return handshake === null || handshake.outcome === 'unknown';
}

function familiesIn(routes: readonly Route[], families: ReadonlyMap<string, Family>): ReadonlySet<Family> {
  const found = new Set<Family>();
  for (const { server } of routes) {
    const family = families.get(server.opener?.tree.source.path ?? '');
    if (family !== undefined) found.add(family);
  }
  return found;
}

/** A finding in a model file: one in each file like it. Null: its words or places are not to be found in these. */
function copiesOf(diagnostic: Diagnostic, own: Family, others: ReadonlySet<Family>): readonly Diagnostic[] | null {
  const { routes, fix } = diagnostic;
  if ([...others].some((family) => family !== own) || (routes.length > 0 && others.size === 0)) return null;
  if (routes.some(({ server }) => server.opener?.tree.source.path !== own.likeness.model)) return null;
  if (fix?.edits.some(({ file }) => file !== own.likeness.model) === true || !saysTheSame(diagnostic, own)) return null;
  const copies: Diagnostic[] = [diagnostic];
  for (const twin of own.twins) {
    const copy = copyFor(diagnostic, own, twin);
    if (copy === null) return null;
    copies.push(copy);
  }
  return copies;
}

/** Nothing that a reader sees names what only the model has. */
function saysTheSame({ message, why, help, notes, related, fix }: Diagnostic, own: Family): boolean {
  const texts = [message, why ?? '', help ?? '', ...notes, ...related.map((one) => one.message), fix?.title ?? ''];
  return !own.namesModel([...texts, ...(fix?.edits.map(({ text }) => text) ?? [])].join('\n'));
}

function copyFor(diagnostic: Diagnostic, family: Family, twin: Twin): Diagnostic | null {
  const { model } = family.likeness;
  const place = twin.place(diagnostic);
  const related = diagnostic.related.map((one) => {
    const there = one.file === model ? twin.place(one) : one;
    return there === null ? null : { ...there, message: one.message };
  });
  const via = diagnostic.via.map((one) => (one.file === model ? twin.place(one) : one));
  const edits = diagnostic.fix?.edits.map((edit) => twin.edit(edit)) ?? [];
  if (place === null || !isWhole(related) || !isWhole(via) || !isWhole(edits)) return null;
  const routes = diagnostic.routes.map((route) => routeOf(route, family, twin));
  const fix = diagnostic.fix === null ? null : { ...diagnostic.fix, edits };
  return { ...diagnostic, ...place, related, via, routes, plan: null, fix };
}

function isWhole<Item>(list: readonly (Item | null)[]): list is readonly Item[] {
  return list.every((item) => item !== null);
}

type InOrder = (routes: readonly Route[], families: ReadonlyMap<string, Family>) => readonly Route[] | null;

/** A finding in a file that all share: it concerns the routes of the others too. */
function elsewhere(
  diagnostic: Diagnostic,
  others: ReadonlySet<Family>,
  families: ReadonlyMap<string, Family>,
  inOrder: InOrder,
): readonly Diagnostic[] | null {
  if (others.size === 0) return [diagnostic];
  if (diagnostic.fix?.edits.some(({ file }) => families.has(file)) === true) return null;
  const routes = inOrder(diagnostic.routes, families);
  return routes === null ? null : [{ ...diagnostic, routes }];
}

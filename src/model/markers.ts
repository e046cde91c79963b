import type { SyntaxTree } from '../syntax/nodes';
import { once } from '../text/once';
import type { Scope } from './scope';

export type Marker = 'websocket' | 'not-websocket';

interface MarkerComment {
  readonly at: number;
  readonly marker: Marker;
}

const MARKER = /^#\s*nginx-ws-lint:\s*(not-websocket|websocket)\b/;

export function isMarker(comment: string): boolean {
  return MARKER.test(comment);
}

/** What a comment `# nginx-ws-lint: websocket` (or `not-websocket`) inside the location says of it (design 4.3). */
export function markerFor(location: Scope): Marker | null {
  const opener = location.opener;
  if (opener === null) return null;
  const markers = markersIn(opener.tree);
  if (markers.length === 0) return null;
  const own = markers.find(
    ({ at }) => inside(opener.directive, at) && !location.children.some((child) => holds(child, at)),
  );
  return own?.marker ?? null;
}

/** Whether a nested location of the same file holds it; an `if` is part of its location. */
function holds(child: Scope, at: number): boolean {
  return child.kind === 'location' && child.opener !== null && inside(child.opener.directive, at);
}

function inside(span: { readonly start: number; readonly end: number }, at: number): boolean {
  return span.start <= at && at < span.end;
}

const markersIn = once(findMarkers);

function findMarkers(tree: SyntaxTree): readonly MarkerComment[] {
  const { source } = tree;
  if (!source.text.includes('nginx-ws-lint:')) return [];
  return tree.comments.flatMap(({ start, end }) => {
    const match = MARKER.exec(source.text.slice(start, end));
    return match === null ? [] : [{ at: start, marker: match[1] as Marker }];
  });
}

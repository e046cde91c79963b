import type { Context } from '../directives';
import { directiveSpec } from '../directives';
import type { Scope, Setting } from '../scope';
import type { Fault } from './check';
import { listenByDefault } from './listen';
import { duplicateLocations } from './locations';
import type { Memory } from './memory';
import { MARKS } from './places';
import { bufferFaults, certificateFault, tlsFaults } from './merges';

type Found = Fault & { readonly setting: Setting };

const NONE: readonly Found[] = [];

/** What nginx says when it has read a whole block, and when it merges that into the blocks around it. */
export function leaveScope(scope: Scope, context: Context, marks: number, memory: Memory): readonly Found[] {
  switch (context) {
    case 'main':
      return missingEvents(scope);
    case 'events':
    case 'http':
    case 'stream':
    case 'mail':
      memory.modulesUsed ??= scope.opener;
      return context === 'http' && marks & MARKS.server ? merged(scope, marks) : NONE;
    case 'upstream':
    case 'stream upstream':
      return marks & MARKS.server ? NONE : missingServers(scope);
    case 'server':
      if (scope.opener !== null && !(marks & MARKS.listen) && scope.unread.length === 0) {
        listenByDefault(memory, scope, scope.opener);
      }
      return merged(scope, marks);
    case 'location':
    case 'if in server':
    case 'if in location':
    case 'limit_except':
      return merged(scope, marks);
    default:
      return NONE;
  }
}

/** The http level is only ever merged into a server. */
function merged(scope: Scope, marks: number): readonly Found[] {
  if ((marks & (MARKS.buffers | MARKS.pass | MARKS.certificate | MARKS.location)) === 0) return NONE;
  const found: Found[] = [];
  if (marks & MARKS.buffers) found.push(...bufferFaults(scope));
  if (marks & MARKS.pass) found.push(...tlsFaults(scope));
  if (marks & MARKS.location) found.push(...duplicateLocations(scope));
  const certificate = scope.kind === 'server' && marks & MARKS.certificate ? certificateFault(scope) : null;
  if (certificate !== null) found.push(certificate);
  return found;
}

function missingServers(scope: Scope): readonly Found[] {
  const { opener } = scope;
  // Another module may bring servers of its own.
  const foreign = scope.settings.some(({ directive }) => directiveSpec(directive.name) === undefined);
  if (opener === null || foreign || scope.unread.length > 0) return NONE;
  return [{ setting: opener, message: 'no servers are inside upstream' }];
}

export const NO_EVENTS = 'no "events" section in configuration';

function missingEvents(main: Scope): readonly Found[] {
  const first = main.own('http')[0] ?? main.settings[0];
  if (main.assumed || main.unread.length > 0 || first === undefined || main.own('events').length > 0) return [];
  // What is linted as a main file may be a sample of one, or be completed by whatever deploys it.
  return [{ setting: first, message: NO_EVENTS, late: true, certain: false }];
}

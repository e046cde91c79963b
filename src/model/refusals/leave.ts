import type { Context } from '../directives';
import { directiveSpec } from '../directives';
import type { Scope, Setting } from '../scope';
import type { Fault } from './check';
import { listenByDefault } from './listen';
import { duplicateLocations } from './locations';
import type { Memory } from './memory';
import { bufferFaults, certificateFault, tlsFaults } from './merges';

type Found = Fault & { readonly setting: Setting };

/** What nginx says when it has read a whole block, and when it merges that into the blocks around it. */
export function leaveScope(scope: Scope, context: Context, memory: Memory): readonly Found[] {
  switch (context) {
    case 'main':
      return missingEvents(scope);
    case 'events':
    case 'http':
    case 'stream':
    case 'mail':
      memory.modulesUsed ??= scope.opener;
      return context === 'http' ? merged(scope) : [];
    case 'upstream':
    case 'stream upstream':
      return missingServers(scope);
    case 'server':
      if (scope.opener !== null && scope.own('listen').length === 0 && scope.unread.length === 0) {
        listenByDefault(memory, scope, scope.opener);
      }
      return merged(scope);
    case 'location':
    case 'if in server':
    case 'if in location':
    case 'limit_except':
      return merged(scope);
    default:
      return [];
  }
}

function merged(scope: Scope): readonly Found[] {
  // The http level is only ever merged into a server.
  if (scope.kind === 'http' && !scope.children.some(({ kind }) => kind === 'server')) return [];
  const certificate = scope.kind === 'server' ? certificateFault(scope) : null;
  const found = [...bufferFaults(scope), ...tlsFaults(scope), ...duplicateLocations(scope)];
  return certificate === null ? found : [...found, certificate];
}

function missingServers(scope: Scope): readonly Found[] {
  const { opener } = scope;
  // Another module may bring servers of its own.
  const foreign = scope.settings.some(({ directive }) => directiveSpec(directive.name) === undefined);
  if (opener === null || foreign || scope.unread.length > 0 || scope.own('server').length > 0) return [];
  return [{ setting: opener, message: 'no servers are inside upstream' }];
}

function missingEvents(main: Scope): readonly Found[] {
  const first = main.own('http')[0] ?? main.settings[0];
  if (main.assumed || main.unread.length > 0 || first === undefined || main.own('events').length > 0) return [];
  // What is linted as a main file may be a sample of one, or be completed by whatever deploys it.
  return [{ setting: first, message: 'no "events" section in configuration', late: true, certain: false }];
}

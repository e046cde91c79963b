import { once } from '../text/once';
import { branchOf } from './branches';
import { conditionLabel } from './condition-words';
import { effective } from './effective';
import { strongSegment } from './endpoints';
import { locationWords } from './location-words';
import { productOf } from './products';
import type { Scope, Setting } from './scope';
import { holdsForHandshakes } from './upgrade-test';

/** Why handshakes come to a location that no path of a client names, and whether for certain. */
export interface HandedOn {
  readonly serves: 'yes' | 'likely';
  readonly reason: string;
}

/**
 * Locations of a server by their name or path, to which others hand handshakes on: an endpoint whose file does not exist
 * (`location /cable { try_files $uri @app; }`), and an `if` on the handshake whose status has an error page.
 */
export const handedOn = once((server: Scope): ReadonlyMap<string, HandedOn> => {
  const found = new Map<string, HandedOn>();
  const pending: Scope[] = [server];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    for (const [target, why] of [...fromEndpoint(scope), ...fromTest(scope)]) {
      if (found.get(target)?.serves !== 'yes') found.set(target, why);
    }
    for (const each of scope.children) if (each.kind === 'location') pending.push(each);
  }
  return found;
});

function* fromEndpoint(scope: Scope): Generator<[string, HandedOn]> {
  const files = scope.own('try_files').at(-1);
  const target = files?.directive.args.at(-1) ?? '';
  if (files === undefined || !/^@[^$]+$/.test(target) || branchOf(files) !== null) return;
  const { modifier, pattern } = locationWords(scope);
  if (strongSegment(modifier, pattern) === null && productOf(scope) === null) return;
  yield [
    target,
    { serves: 'likely', reason: `location ${pattern} is a WebSocket endpoint, and hands requests on to it` },
  ];
}

function* fromTest(scope: Scope): Generator<[string, HandedOn]> {
  for (const test of scope.own('if')) {
    const status = test.opens?.own('return')[0]?.directive.args[0] ?? '';
    if (status === '' || branchOf(test) !== null || !holdsForHandshakes(test)) continue;
    const target = pageFor(scope, status);
    if (target === null) continue;
    yield [
      target,
      { serves: 'yes', reason: `${conditionLabel(test.directive)} sends handshakes here by error_page ${status}` },
    ];
  }
}

/** Where the error page of a status leads, without a variable in it. */
function pageFor(scope: Scope, status: string): string | null {
  const pages: readonly Setting[] = effective(scope, 'error_page').settings;
  const page = pages.find(({ directive: { args } }) => args.slice(0, -1).includes(status));
  const target = page?.directive.args.at(-1) ?? '';
  return /^[@/][^$?]*$/.test(target) ? target : null;
}

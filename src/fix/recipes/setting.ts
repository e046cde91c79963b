import { effective } from '../../model/effective';
import type { Scope } from '../../model/scope';
import { bodyOfFile, standsIn } from '../body';
import { RANK, refusal, type Refusal } from '../change';
import { bodyFor } from '../context';
import { insertAfter, removeDirective } from '../insert';
import { asWord } from '../neighbours';
import type { Operation, Way } from '../operation';
import { replaceArguments } from '../replace';
import { anchorFor } from './anchor';

/** `name args;` is to apply in the scope. */
export interface SettingWish {
  readonly scope: Scope;
  readonly name: string;
  readonly args: readonly string[];
}

/** Where this level sets it: in place, and once. */
export function changeOwnSetting({ scope, name, args }: SettingWish): Way {
  const [first, ...others] = scope.own(name);
  const operations: Operation[] = [];
  const words = args.map((arg) => asWord(arg, null, name));
  if (first !== undefined) {
    const changes = replaceArguments(first, words);
    if (changes.length > 0) operations.push({ changes, scope, shared: first });
  }
  for (const other of others) {
    const own = bodyFor(scope);
    const body = own !== null && standsIn(own, other) ? own : bodyOfFile(other.tree);
    operations.push({ changes: [removeDirective(body, other.directive)], scope, shared: other });
  }
  return { operations, touches: [{ scope, name, key: null }], unsafe: null };
}

/** Where it is inherited, or a default: a line of its own. */
export function addSetting({ scope, name, args }: SettingWish): Way | Refusal {
  const { origin } = effective(scope, name);
  const body = bodyFor(scope);
  if (body === null) return refusal('the block it belongs in was not given');
  if (origin === 'unknown') return refusal(`an include that was not read may set ${name} here`);
  const line = [name, ...args.map((arg) => asWord(arg, null, name))];
  const rank = name === 'proxy_http_version' ? RANK.httpVersion : RANK.setting;
  const changes = insertAfter({ body, after: anchorFor(body, name), lines: [line], rank });
  const unsafe = origin === 'assumed' ? `blocks that were not given may set ${name}` : null;
  const indifferent = (other: Scope): boolean => hasAlready(other, name, args);
  const operation: Operation = { changes, scope, shared: scope.opener, indifferent };
  return { operations: [operation], touches: [{ scope, name, key: null }], unsafe };
}

function hasAlready(scope: Scope, name: string, args: readonly string[]): boolean {
  const [setting, ...others] = effective(scope, name).settings;
  if (setting === undefined || others.length > 0) return false;
  return setting.directive.args.join('\0') === args.join('\0') && scope.own(name).length === 0;
}

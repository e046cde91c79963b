import { conditionWords } from '../model/condition-words';
import type { Scope, Setting } from '../model/scope';
import { once } from '../text/once';

/** An `if` that looks for a handshake in Upgrade or Connection, and does not see that of every browser. */
export interface MissedTest {
  readonly test: Setting;
  readonly operator: string;
  /** `!=`, `!~`: the block is for what is no handshake, and these browsers' handshakes come into it. */
  readonly negated: boolean;
  /** Whose handshakes it takes for none. */
  readonly missed: 'every browser' | Browser;
}

type Browser = 'Chrome' | 'Firefox';

const SENT: Readonly<Record<string, Readonly<Record<Browser, string>>>> = {
  http_upgrade: { Chrome: 'websocket', Firefox: 'websocket' },
  http_connection: { Chrome: 'Upgrade', Firefox: 'keep-alive, Upgrade' },
};

/** Judged once: thousands of ifs may stand in a block, and thousands of routes. */
export const missedTests = once((scope: Scope): readonly MissedTest[] => {
  const ifs = scope.own('if');
  const judged = ifs.flatMap((test) => judge(test) ?? []);
  return judged.filter((each) => each.negated || !ifs.some((other) => makesUpFor(other, each)));
});

function judge(test: Setting): MissedTest | null {
  const { variable, operator, literal } = read(test);
  const sent = SENT[variable];
  if (sent === undefined || !(variable === 'http_upgrade' ? /^\^?websocket\$?$/i : /upgrade/i).test(literal))
    return null;
  const missing = (['Chrome', 'Firefox'] as const).filter((browser) => !isMet(sent[browser], operator, literal));
  const [one, other] = missing;
  if (one === undefined) return null;
  return { test, operator, negated: operator.startsWith('!'), missed: other === undefined ? one : 'every browser' };
}

function read({ directive }: Setting): { variable: string; operator: string; literal: string } {
  const [tested = '', operator = '', literal = ''] = conditionWords(directive.args) ?? [];
  const [, name = ''] = /^\$\{?(\w+)\}?$/.exec(tested) ?? [];
  const compares = /^!?(?:=|~\*?)$/.test(operator);
  return { variable: compares ? name.toLowerCase() : '', operator, literal };
}

/** Whether what a browser sends is what the test looks for; patterns are no more than text and anchors. */
function isMet(sent: string, operator: string, literal: string): boolean {
  if (operator.endsWith('=')) return sent === literal;
  const [value, text] = operator.endsWith('*') ? [sent.toLowerCase(), literal.toLowerCase()] : [sent, literal];
  const bare = text.replace(/^\^|\$$/g, '');
  if (text.startsWith('^') && text.endsWith('$')) return value === bare;
  if (text.startsWith('^')) return value.startsWith(bare);
  return text.endsWith('$') ? value.endsWith(bare) : value.includes(bare);
}

/** The other half of an "or": it sets the same, and every browser's handshake meets it. */
function makesUpFor(other: Setting, { test }: MissedTest): boolean {
  const own = read(other);
  if (own.variable !== read(test).variable || own.operator.startsWith('!') || judge(other) !== null) return false;
  const set = (setting: Setting): string =>
    JSON.stringify((setting.opens?.settings ?? []).map(({ directive }) => [directive.name, ...directive.args]));
  return set(test).startsWith('[["set"') && set(test) === set(other);
}

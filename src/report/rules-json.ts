import type { Rule } from '../lint/rule';
import { docsUrl } from './rule-docs';

/** `rules --format json`; with all of it: `explain`. */
export function ruleJson(rule: Rule, whole: boolean): object {
  const { id, severity, summary, fix, nginx, exceptions, fixSafety, sources } = rule;
  const brief = { id, severity, summary, fixable: fix !== null, fix, docs: docsUrl(id) };
  if (!whole) return brief;
  return { ...brief, nginx, exceptions: exceptions ?? null, fixSafety: fixSafety ?? null, sources };
}

export function rulesJson(rules: readonly Rule[]): string {
  return `${JSON.stringify({ rules: rules.map((rule) => ruleJson(rule, false)) }, null, 2)}\n`;
}

import type { Rule } from '../lint/rule';

/** One example of a rule, as its fixture has it: the configuration, what is printed for it, the patch. */
export interface RuleExample {
  readonly configuration: string;
  readonly printed: string;
  readonly patch: string | null;
}

export const REPOSITORY = 'https://github.com/nginx-ws-lint/nginx-ws-lint';

/** Where a rule's page is published. */
export function docsUrl(rule: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${rule}.md`;
}

const FIXES = {
  safe: 'made by `--fix`',
  unsafe: 'made by `--fix --unsafe-fixes`',
  'safe or unsafe': 'made by `--fix` where it is safe, else by `--fix --unsafe-fixes`',
} as const;

/** The page docs/rules/<id>.md; without examples also what `explain` prints. */
export function rulePage(rule: Rule, examples: readonly RuleExample[] = []): string {
  const parts = [
    `# ${rule.id}`,
    rule.summary,
    `Severity: **${rule.severity}**. Fix: ${rule.fix === null ? 'none' : FIXES[rule.fix]}.`,
    '## What nginx does',
    flow(rule.nginx),
  ];
  if (rule.exceptions !== undefined) parts.push('## When nothing is reported', flow(rule.exceptions));
  if (rule.fixSafety !== undefined) parts.push('## Why the fix is ' + (rule.fix ?? ''), flow(rule.fixSafety));
  if (rule.options !== undefined) parts.push('## Options', optionList(rule));
  for (const example of examples) parts.push(...examplePart(example));
  parts.push('## Sources', rule.sources.map((source) => `- ${source}`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

/** `"read-timeout": ["warning", { "least": "5m" }]` in the configuration file. */
function optionList({ id, severity, options = {} }: Rule): string {
  const rows = Object.entries(options).map(([name, { kind, summary }]) => `- \`${name}\` (${kind}): ${summary}`);
  const example = Object.entries(options).map(([name, { kind }]) => `"${name}": ${EXAMPLE_VALUES[kind]}`);
  return [`In the configuration file: \`"${id}": ["${severity}", { ${example.join(', ')} }]\`.`, rows.join('\n')].join(
    '\n\n',
  );
}

const EXAMPLE_VALUES = { time: '"5m"', count: '10', flag: 'true' } as const;

/** Lines of a template literal joined to paragraphs. */
export function flow(text: string): string {
  return text
    .trim()
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .join('\n\n');
}

function examplePart({ configuration, printed, patch }: RuleExample): readonly string[] {
  const parts = ['## Example', fenced('nginx', configuration), 'prints', fenced('text', printed)];
  if (patch !== null) parts.push('and the fix is', fenced('diff', patch));
  return parts;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The table of all rules, for the README and docs/rules/README.md. `base` leads to the pages. */
export function rulesTable(rules: readonly Rule[], base: string): string {
  const rows = rules.map(
    ({ id, severity, fix, summary }) => `| [${id}](${base}${id}.md) | ${severity} | ${fix ?? ''} | ${summary} |`,
  );
  return ['| rule | severity | fix | what it finds |', '|---|---|---|---|', ...rows].join('\n');
}

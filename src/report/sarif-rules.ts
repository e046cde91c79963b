import type { Severity } from '../lint/rule';
import type { Report, RuleFacts } from './report';
import { flow } from './rule-docs';

/** SARIF's words for severities. */
export const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** Rules about security, with what CVSS would give them at worst: GitHub sorts such alerts by it. */
const SECURITY: Readonly<Record<string, string>> = {
  // cross-site WebSocket hijacking: another site's script acts as the user
  'origin-overwritten': '6.5',
  // a tunnel past the proxy's access rules, where the backend takes h2c
  'upgrade-smuggling': '5.4',
  // captures of another regex reach the backend: a path that no location allows
  'regex-map-captures': '4.8',
};

/** A reportingDescriptor (SARIF 3.49): what a rule is about, as code scanning shows it beside an alert. */
export function ruleDescriptor({ id, severity, summary, nginx }: RuleFacts, { docs }: Pick<Report, 'docs'>): object {
  const help = docs(id);
  const text = flow(nginx);
  const rating = SECURITY[id];
  return {
    id,
    name: id.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} ${plain(text)}` },
    help: {
      text: `${summary}\n\n${plain(text)}${help === null ? '' : `\n\n${help}`}`,
      markdown: `${summary}\n\n## What nginx does\n\n${text}${help === null ? '' : `\n\n[More about ${id}](${help})`}`,
    },
    ...(help === null ? {} : { helpUri: help }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['nginx', 'websocket', rating === undefined ? 'correctness' : 'security'],
      precision: 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
      ...(rating === undefined ? {} : { 'security-severity': rating }),
    },
  };
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\*\*/g, '');
}

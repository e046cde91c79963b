import type { Diagnostic } from '../lint/result';
import { visible } from './display';
import { fingerprinted } from './fingerprint';
import type { Fingerprinted } from './fingerprint';
import { jsonText } from './json-text';
import { gravestFirst } from './ordered';
import { masker, positionIn } from './places';
import type { Report, ReportOptions } from './report';
import { storyLines } from './story';
import { inRepository } from './uri';

/** GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlab({ results }: Report, options: ReportOptions): string {
  const issues = fingerprinted(gravestFirst(results, options.quiet)).map((one) => issueOf(one, options));
  return jsonText(issues);
}

function issueOf({ diagnostic, result, fingerprint }: Fingerprinted, options: ReportOptions): object {
  const { rule, message, file, start, end } = diagnostic;
  const mask = masker(options.showSecrets);
  const begin = positionIn(result.sources, file, start).line;
  const last = positionIn(result.sources, file, Math.max(start, end - 1)).line;
  return {
    type: 'issue',
    check_name: rule,
    description: visible(mask(message)),
    content: { body: storyLines(diagnostic, result, mask).join('\n\n') },
    categories: ['Bug Risk'],
    severity: severityOf(diagnostic),
    fingerprint,
    location: { path: inRepository(file, options), lines: { begin, end: Math.max(begin, last) } },
  };
}

/** Blocker: nginx refuses the configuration, and nothing works. */
function severityOf({ severity, refuses }: Diagnostic): string {
  if (refuses) return 'blocker';
  return { error: 'critical', warning: 'major', info: 'info' }[severity];
}

import type { Outcome } from '../handshake/types';
import type { Diagnostic, LintResult } from '../lint/result';
import { placeName } from './places';
import { breaksAt } from './stage';

/** What the client meets where a handshake fails, in words. `refused`: nginx does not load the configuration. */
export function failureText(outcome: Outcome, refused: boolean): string {
  const { status, server, pass, faults } = outcome;
  const stage = breaksAt(outcome, refused);
  if (stage === 'refused')
    return 'nginx does not start with this configuration, or after a reload goes on with the old one';
  if (status !== null) return `nginx answers ${status}`;
  if (stage === 'response') return 'a 101 comes back that the browser does not accept';
  if (stage === 'entry') {
    return server === null
      ? 'the connection is refused'
      : 'no request comes about: nginx speaks another protocol there';
  }
  if (pass !== null && faults.some(({ kind }) => kind === 'wrong-module')) {
    return `no 101 comes back: ${pass.directive.name} lets none through`;
  }
  return 'the backend refuses the handshake';
}

/** Why nginx does not load the configuration, where no finding is shown that says so. */
export function refusalText(refusal: Diagnostic, { sources }: Pick<LintResult, 'sources'>): string {
  return `nginx refuses the configuration: ${refusal.message} (${placeName(sources, refusal)}) [${refusal.rule}]`;
}

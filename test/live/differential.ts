import { simulate } from '../../src/handshake/simulate';
import type { ClientRequest, Outcome } from '../../src/handshake/types';
import { buildConfiguration } from '../../src/model/build';
import type { Configuration } from '../../src/model/scope';
import { unknownDirectives } from '../../src/model/unknown-directives';
import { refusals } from '../../src/model/validate';
import { NEWEST, parseVersion } from '../../src/model/version';
import type { NginxVersion } from '../../src/model/version';
import { disagreements } from './compare';
import type { Files, Verdict } from './nginx';
import type { Bench, Observed } from './observe';
import { render, workspaceFor } from './tree';
import type { Tree } from './tree';

/** One request of a tree, as the simulation and nginx see it. */
export interface Judged {
  readonly request: ClientRequest;
  readonly outcome: Outcome;
  readonly observed: Observed;
  readonly lines: readonly string[];
}

/** A tree held against nginx. `lines` are the disagreements; none: they agree. */
export interface Report {
  readonly tree: Tree;
  readonly refused: Verdict | null;
  readonly judged: readonly Judged[];
  readonly lines: readonly string[];
}

export async function judgeTree(bench: Bench, tree: Tree, version: NginxVersion): Promise<Report> {
  const files = render(tree);
  const configuration = buildConfiguration(workspaceFor(files));
  const reasons = whyRefused(configuration, version);
  const observation = await bench.run(files, tree.requests);
  if ('refused' in observation) {
    const lines = reasons.length > 0 ? [] : [`accepted; nginx refuses it: ${observation.refused.message}`];
    return { tree, refused: observation.refused, judged: [], lines };
  }
  const judged = tree.requests.flatMap((request, index) => {
    const observed = observation.answers[index];
    return observed === undefined ? [] : [judge(configuration, request, observed, version)];
  });
  const refused = reasons.map((reason) => `refused: ${reason}; nginx accepts it`);
  return { tree, refused: null, judged, lines: [...refused, ...judged.flatMap(({ lines }) => lines)] };
}

function judge(
  configuration: Configuration,
  request: ClientRequest,
  observed: Observed,
  version: NginxVersion,
): Judged {
  const outcome = simulate(configuration, request, version);
  return { request, outcome, observed, lines: disagreements(request, outcome, observed) };
}

/** What the tool says nginx would refuse in a configuration. */
export function whyRefused(configuration: Configuration, version: NginxVersion): string[] {
  const syntax = [...configuration.trees.values()].flatMap(({ faults }) => faults.map(({ message }) => message));
  const missing = configuration.brokenIncludes.filter(({ kind }) => kind === 'missing').map(({ detail }) => detail);
  const strange = unknownDirectives(configuration).map(({ name }) => `unknown directive "${name}"`);
  return [...syntax, ...missing, ...strange, ...[...refusals(configuration, version)].map(({ message }) => message)];
}

/** A case that needs no nginx: what one did with a request, or said of a configuration that it refused. */
export interface KeptCase {
  readonly version: string;
  readonly request?: ClientRequest;
  readonly observed?: Observed;
  readonly refused?: string;
}

/** The disagreements of today's simulation with what nginx did then. */
export function judgeKept(files: Files, { version: written, request, observed, refused }: KeptCase): readonly string[] {
  const version = parseVersion(written) ?? NEWEST;
  const configuration = buildConfiguration(workspaceFor(files));
  const reasons = whyRefused(configuration, version);
  if (refused !== undefined) return reasons.length > 0 ? [] : [`accepted; nginx refuses it: ${refused}`];
  if (request === undefined || observed === undefined) return ['a case without a request'];
  const lines = reasons.map((reason) => `refused: ${reason}; nginx accepts it`);
  return [...lines, ...judge(configuration, request, observed, version).lines];
}

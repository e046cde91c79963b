import { answerFor, type Knowledge, type StaticAnswer } from '../doctor/knowledge';
import { createLocate, logFormats, serves, timeoutsOf } from '../doctor/logs';
import type { LogOptions } from '../logs/explain';
import type { Locate } from '../logs/report';
import type { WsUrl } from '../probe/types';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { judgeTrees } from './judge';
import { UsageError } from './usage-error';

/** The configuration beside a probe or a log. */
export interface KnownConfiguration {
  readonly locate: Locate;
  readonly logOptions: LogOptions;
  readonly answer: (url: WsUrl) => StaticAnswer | null;
}

/** Reads and lints what --conf names; without it nginx's usual places. Throws UsageError. */
export function knownConfiguration(call: Invocation, io: Io): KnownConfiguration {
  const conf = call.value('conf');
  const trees = judgeTrees({ ...call, operands: conf === null ? [] : [conf] }, io) ?? [];
  const known = trees.map(({ workspace, result, configuration }): Knowledge => {
    return { configuration, result, live: workspace.live };
  });
  for (const { result } of known) {
    const [problem] = result.problems;
    if (problem === undefined) continue;
    throw new UsageError(`${problem.file === null ? '' : `${problem.file}: `}${problem.message}`);
  }
  return {
    locate: createLocate(known),
    logOptions: { formats: logFormats(known), timeouts: timeoutsOf(known), serves: serves(known) },
    answer: (url) => answerFor(known, askedUrl(url)),
  };
}

function askedUrl({ secure, host, port, target }: WsUrl): Parameters<typeof answerFor>[1] {
  const own = secure ? 443 : 80;
  return {
    scheme: secure ? 'https' : 'http',
    host: host.includes(':') ? `[${host}]` : host,
    port: port === own ? null : port,
    target,
  };
}

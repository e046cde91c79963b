import { answerFor, knowledgeOf, type Knowledge, type StaticAnswer } from '../doctor/knowledge';
import { createLocate, logFormats, timeoutsOf } from '../doctor/logs';
import { load } from '../fs/load';
import { lint } from '../lint/linter';
import type { LogOptions } from '../logs/explain';
import type { Locate } from '../logs/report';
import type { WsUrl } from '../probe/types';
import { rules } from '../../rules';
import { readConfig } from './config-file';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { checkedVersion } from './judging';
import { settingsOf } from './settings';
import { UsageError } from './usage-error';

/** The configuration beside a probe or a log. */
export interface KnownConfiguration {
  readonly known: readonly Knowledge[];
  readonly locate: Locate;
  readonly logOptions: () => LogOptions;
  readonly answer: (url: WsUrl) => StaticAnswer | null;
}

/** Reads and lints what --conf names; without it (doctor) nginx's usual places. Throws UsageError. */
export function knownConfiguration(call: Invocation, io: Io): KnownConfiguration {
  const conf = call.value('conf');
  const config = readConfig(call, io, rules);
  const settings = settingsOf({ ...call, operands: conf === null ? [] : [conf] }, config, rules, io);
  const known = load(settings.paths, settings.load).map((workspace): Knowledge => {
    const { version } = checkedVersion(settings, workspace);
    const result = lint(workspace, rules, { ...settings.lint, version });
    return knowledgeOf(workspace, result);
  });
  for (const { result } of known) {
    const [problem] = result.problems;
    if (problem !== undefined)
      throw new UsageError(`${problem.file === null ? '' : `${problem.file}: `}${problem.message}`);
  }
  return {
    known,
    locate: createLocate(known),
    logOptions: () => ({ formats: logFormats(known), timeouts: timeoutsOf(known) }),
    answer: (url) => answerFor(known, destinationOf(url)),
  };
}

function destinationOf(url: WsUrl): Parameters<typeof answerFor>[1] {
  const scheme = url.secure ? 'https' : 'http';
  return { scheme, host: url.authority, port: url.port, target: url.target };
}

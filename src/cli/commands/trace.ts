import { traceUrl } from '../../api/trace';
import { readUrl } from '../../handshake/destination';
import type { AskedUrl } from '../../handshake/destination';
import { nothingRead } from '../../report/counts';
import { traceJson, traceText } from '../../report/trace';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { judgeTrees } from '../judge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { reportProblems } from '../problems';
import { quoted, UsageError } from '../usage-error';
import { TOOL } from '../version';

const IS_URL = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Which server and location take each URL, what the backend receives, what happens, and why; 1 if one fails. */
export function traceCommand(call: Invocation, io: Io): number {
  const outputs = outputsOf(call, 'pretty');
  const asked = call.operands.filter((word) => IS_URL.test(word));
  if (asked.length === 0) throw new UsageError('trace takes a URL: nginx-ws-lint trace wss://host/path [paths..]');
  const urls = asked.map((text) => ({ text, url: urlOf(text) }));
  const paths = call.operands.filter((word) => !IS_URL.test(word));
  const trees = judgeTrees({ ...call, operands: paths }, io);
  if (trees === null) return 0;
  reportProblems(
    io,
    trees.map(({ result }) => result),
    paths,
  );
  if (nothingRead(trees.map(({ result }) => result))) return 2;
  const traces = urls.map(({ text, url }) => traceUrl(text, url, trees));
  const version = trees[0]?.version ?? null;
  for (const output of outputs) {
    const options = reportOptions(call, io, output, 'stdout');
    const json = output.format === 'json';
    writeOutput(
      io,
      output,
      json ? traceJson({ tool: TOOL }, version, traces, options) : traceText(traces, options),
      'stdout',
    );
  }
  if (trees.some(({ result }) => result.problems.length > 0)) return 2;
  return traces.some(({ outcome }) => outcome.outcome === 'fails') ? 1 : 0;
}

function urlOf(text: string): AskedUrl {
  const url = readUrl(text);
  if ('error' in url) throw new UsageError(`${quoted(text)}: ${url.error}`);
  return url;
}

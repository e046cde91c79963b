import { existsSync } from 'node:fs';
import { LogUnreadable, readLogFile, readLogStream } from '../../fs/logfile';
import { createLogReader, type LogOptions, type LogReader } from '../../logs/explain';
import { logReport, type Locate, type LogReport } from '../../logs/report';
import { createLineSplitter } from '../../logs/stream';
import { logsText } from '../../report/logs-text';
import { docsUrl } from '../../report/rule-docs';
import type { Invocation } from '../invocation';
import { resolveIn, type Io } from '../io';
import { knownConfiguration } from '../knowledge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { protect } from '../protect';
import { UsageError } from '../usage-error';

/** Where distributions put nginx's logs. */
const USUAL = ['/var/log/nginx/error.log', '/var/log/nginx/access.log', '/usr/local/nginx/logs/error.log'];

/** Explains logs; 0 when they could be read, whatever is in them. */
export async function logsCommand(call: Invocation, io: Io): Promise<number> {
  const outputs = outputsOf(call, 'pretty');
  const files = filesOf(call, io);
  const known = call.given('conf') ? knownConfiguration(call, io) : null;
  protect(call, io, () => files);
  const report = await explainLogs(files, io, known?.logOptions ?? {}, known?.locate);
  for (const output of outputs) {
    const { color } = reportOptions(call, io, output, 'stdout');
    const text = output.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : logsText(report, color);
    writeOutput(io, output, text, 'stdout');
  }
  return 0;
}

function filesOf(call: Invocation, io: Io): readonly string[] {
  if (call.operands.length > 0) return call.operands;
  const usual = USUAL.filter((file) => existsSync(file));
  if (usual.length === 0) throw new UsageError('logs takes files, or - for standard input');
  io.stderr(`reading ${usual.join(', ')}\n`);
  return usual;
}

/** Access logs first: their 101s tell which paths serve WebSocket. */
export async function explainLogs(
  files: readonly string[],
  io: Io,
  options: LogOptions,
  locate?: Locate,
): Promise<LogReport> {
  const reader = createLogReader(options);
  const inOrder = [...files].sort((a, b) => Number(/error/i.test(a)) - Number(/error/i.test(b)));
  for (const file of inOrder) await readInto(reader, file, io);
  return logReport(reader.summary(), files, docsUrl, locate);
}

async function readInto(reader: LogReader, file: string, io: Io): Promise<void> {
  const splitter = createLineSplitter((line) => reader.line(line));
  const take = (text: string): void => splitter.push(text);
  reader.begin(file === '-' ? 'standard input' : file);
  try {
    if (file === '-') await readLogStream(io.stdinStream(), 'standard input', take);
    else await readLogFile(resolveIn(io, file), file, take);
  } catch (error) {
    if (error instanceof LogUnreadable) throw new UsageError(error.message);
    throw error;
  }
  splitter.end();
}

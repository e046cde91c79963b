import { docsUrl } from '../../report/rule-docs';
import { routesJson, routesText } from '../../report/routes';
import type { Invocation } from '../invocation';
import type { Io } from '../io';
import { judgeTrees } from '../judge';
import { outputsOf, reportOptions, writeOutput } from '../outputs';
import { reportProblems } from '../problems';
import { TOOL } from '../version';

/** Every proxying route and its handshake verdict; 0, whatever that is. */
export function routesCommand(call: Invocation, io: Io): number {
  const outputs = outputsOf(call, 'pretty');
  const trees = judgeTrees(call, io);
  if (trees === null) return 0;
  const results = trees.map(({ result }) => result);
  reportProblems(io, results, call.operands);
  const report = { tool: TOOL, results, docs: docsUrl, next: [], rules: [] };
  for (const output of outputs) {
    const options = reportOptions(call, io, output, 'stdout');
    writeOutput(
      io,
      output,
      output.format === 'json' ? routesJson(report, options) : routesText(report, options),
      'stdout',
    );
  }
  return results.some(({ problems }) => problems.length > 0) ? 2 : 0;
}

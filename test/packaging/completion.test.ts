import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../helpers/built';

/** Sources the script that is printed, and asks bash for the words that may come next. */
const SCRIPT = `
nginx-ws-lint() { "$NODE" "$CLI" "$@"; }
eval "$(nginx-ws-lint completion)"
complete=$(complete -p nginx-ws-lint); complete=\${complete#*-F }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
\${complete%% *}
echo "\${COMPREPLY[*]}"
`;

function completed(...words: string[]): string {
  const env = { ...process.env, NODE: process.execPath, CLI: join(builtPackage(), 'dist/cli.js') };
  return spawnSync('bash', ['-c', SCRIPT, 'bash', 'nginx-ws-lint', ...words], { encoding: 'utf8', env }).stdout.trim();
}

const describeBash = spawnSync('bash', ['-c', 'complete -p; true']).error === undefined ? describe : describe.skip;

describeBash('bash completes', () => {
  it.each([
    ['a command', ['tr'], 'trace'],
    ['an option', ['--unsafe'], '--unsafe-fixes'],
    ['a value', ['--format', 'sa'], 'sarif'],
  ])('%s', (_, words, expected) => {
    expect(completed(...words)).toBe(expected);
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../helpers/run-cli';

const ROOT = '/etc/nginx';

/** Every regular file below the directory; links of sites-enabled and modules-enabled lead to files of packages. */
const FILES = !existsSync(ROOT)
  ? []
  : readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .map((name) => join(ROOT, name))
      .filter((path) => lstatSync(path).isFile());

/** The configuration files of nginx-common with their sums, as they were shipped; empty where it is not installed. */
function shipped(): ReadonlyMap<string, string> {
  const said = spawnSync('dpkg-query', ['-W', '-f=${Conffiles}', 'nginx-common'], { encoding: 'utf8' }).stdout ?? '';
  return new Map([...said.matchAll(/^ (\S+) ([0-9a-f]{32})/gm)].map(([, path = '', sum = '']) => [path, sum]));
}

/** Debian's own, and nothing else: somebody's machine may serve sites from there. */
function isStock(): boolean {
  const sums = shipped();
  const asShipped = (path: string): boolean =>
    createHash('md5').update(readFileSync(path)).digest('hex') === sums.get(path);
  return FILES.length > 0 && FILES.every(asShipped);
}

const stock = isStock();
if (!stock)
  process.stderr.write("skipped: Debian's stock configuration (/etc/nginx is not as nginx-common ships it)\n");

(stock ? describe : describe.skip)("Debian's stock configuration", () => {
  const findings = async (argv: readonly string[]): Promise<unknown> => {
    const { status, stdout } = await runCli(['--format', 'json', ...argv], '/');
    return { status, ...(JSON.parse(stdout) as object) };
  };
  const SILENT = { status: 0, findings: [], problems: [] };

  for (const version of [[], ['--nginx-version', '1.18.0'], ['--nginx-version', '1.31.4']]) {
    test(`the whole tree is silent ${version.join(' ')}`, async () => {
      expect(await findings([...version, '--all', ROOT])).toMatchObject(SILENT);
    });
  }

  for (const path of FILES) {
    test(`${path} by itself is silent`, async () => {
      expect(await findings([path])).toMatchObject(SILENT);
    });
  }
});

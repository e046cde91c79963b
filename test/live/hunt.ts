import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVersion } from '../../src/model/version';
import type { NginxVersion } from '../../src/model/version';
import { generateTree } from './generator/generator';
import { findBinary, nginxVersion } from './nginx';
import type { Verdict } from './nginx';
import { openBench } from './observe';
import type { Bench } from './observe';
import { shrink } from './shrink';
import { render } from './tree';
import type { Tree } from './tree';

export interface HuntOptions {
  readonly trees: number;
  readonly seed: number;
  readonly nginx: string | null;
  /** Stop after so many trees that fail. */
  readonly limit: number;
}

/** What a property says of a tree; `lines` are its failures. */
export interface Judgement {
  readonly tree: Tree;
  readonly refused: Verdict | null;
  readonly lines: readonly string[];
}

export interface Property<T extends Judgement> {
  readonly judge: (bench: Bench, tree: Tree, version: NginxVersion) => Promise<T>;
  /** Takes the figures of a tree. */
  readonly count: (judgement: T) => void;
  /** The figures, a line each. */
  readonly figures: () => readonly string[];
  /** What a kept case says beside the tree. */
  readonly about: (judgement: T) => object;
}

/** Fresh trees, three at a time; failures are printed, minimised and written down. 0 when there are none, else 1. */
export async function hunt<T extends Judgement>(options: HuntOptions, property: Property<T>): Promise<number> {
  const binary = options.nginx ?? findBinary();
  if (binary === null) throw new Error('no nginx found: name one with --nginx');
  const version = nginxVersion(binary);
  const directory = mkdtempSync(join(tmpdir(), 'nwl-hunt-'));
  const started = Date.now();
  const counts = { trees: 0, refused: 0, failing: 0 };
  let next = options.seed;
  const worker = async (): Promise<void> => {
    const bench = await openBench(binary);
    while (next < options.seed + options.trees && counts.failing < options.limit) {
      const judgement = await property.judge(bench, generateTree(next++), version);
      counts.trees++;
      if (counts.trees % 500 === 0) console.log(`${counts.trees} trees, ${counts.failing} fail`);
      if (judgement.refused !== null) counts.refused++;
      property.count(judgement);
      if (judgement.lines.length === 0) continue;
      counts.failing++;
      await keep(bench, judgement, version, property, directory);
    }
    await bench.close();
  };
  await Promise.all([worker(), worker(), worker()]);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `nginx ${formatVersion(version)}: ${counts.trees} trees (${counts.refused} refused by nginx) in ${seconds} s`,
  );
  for (const line of property.figures()) console.log(line);
  console.log(`trees that fail: ${counts.failing}`);
  return counts.failing === 0 ? 0 : 1;
}

async function keep<T extends Judgement>(
  bench: Bench,
  judgement: T,
  version: NginxVersion,
  property: Property<T>,
  directory: string,
): Promise<void> {
  const [line = ''] = judgement.lines;
  const kind = kindOf(line);
  const fails = async (tree: Tree): Promise<boolean> => {
    const { lines, refused } = await property.judge(bench, tree, version);
    return (refused === null) === (judgement.refused === null) && lines.some((each) => kindOf(each) === kind);
  };
  const small = await property.judge(bench, await shrink(judgement.tree, fails), version);
  const place = join(directory, small.tree.name.replace(' ', '-'));
  writeCase(place, small, { about: small.lines, version: formatVersion(version), ...property.about(small) });
  console.log(`${small.tree.name}: ${line}\n  minimised in ${place}`);
}

/** The words of a failure without its values: what must stay while a tree shrinks. */
function kindOf(line: string): string {
  return line
    .replace(/^\S+ \S+: /, '')
    .replace(/(said (?:the backend answers|method|URI|header|Location|\S+)).*?; nginx: /, '$1; ')
    .replace(/a plain request was.*/, 'a plain request')
    .replace(/^\S+: (switched|refused)/, '$1');
}

function writeCase(place: string, { tree }: Judgement, about: object): void {
  for (const [path, text] of render(tree)) {
    if (text === '') continue;
    const target = join(place, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, 'latin1');
  }
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'case.json'), `${JSON.stringify(about, null, 2)}\n`);
}

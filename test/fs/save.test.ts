import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { decode } from '../../src/fs/decode';
import { createDisk } from '../../src/fs/disk';
import { callsGlob, glob3 } from '../../src/fs/glob3';
import { save } from '../../src/fs/save';
import type { Change, SaveResult } from '../../src/fs/save';
import { nodeSystem } from '../../src/fs/system';
import type { System } from '../../src/fs/system';
import { plant } from './support';

const OLD: Readonly<Record<string, string>> = {
  'a.conf': 'old a, long enough to be cut',
  'd/b.conf': 'old b',
  'd/c.conf': 'old c\n',
};
const NEW: Readonly<Record<string, string>> = {
  'a.conf': 'new a',
  'd/b.conf': 'new b, longer than before',
  'd/c.conf': 'new c\n',
};

function changesIn(root: string, texts: Readonly<Record<string, string>> = NEW): Change[] {
  return Object.entries(texts).map(([name, text]) => ({
    before: decode(name, readFileSync(path.join(root, name))),
    text,
  }));
}

function saveIn(root: string, changes: readonly Change[], system: System = nodeSystem): SaveResult {
  const given = new Set(changes.map(({ before }) => before.path));
  return save(changes, { cwd: root, given, system });
}

function contents(root: string, names: readonly string[] = Object.keys(OLD)): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]));
}

function dotFiles(root: string): string[] {
  return (readdirSync(root, { recursive: true }) as string[]).filter((name) => path.basename(name).startsWith('.'));
}

describe('all files', () => {
  test('are written', () => {
    const root = plant(OLD);
    const result = saveIn(root, changesIn(root));
    expect(contents(root)).toEqual(NEW);
    expect(result).toMatchObject({ saved: true, leftovers: [] });
    expect(result.files.map(({ file, state }) => [file, state])).toEqual(
      Object.keys(NEW).map((name) => [name, 'written']),
    );
    expect(dotFiles(root)).toEqual([]);
  });

  test('keep their mode', () => {
    const root = plant({ 'a.conf': { text: 'old', mode: 0o640 } });
    saveIn(root, changesIn(root, { 'a.conf': 'new' }));
    expect(statSync(path.join(root, 'a.conf')).mode & 0o7777).toBe(0o640);
  });

  (process.getuid?.() === 0 ? test : test.skip)('keep their owner', () => {
    const root = plant({ 'a.conf': 'old' });
    nodeSystem.fchownSync(nodeSystem.openSync(path.join(root, 'a.conf'), 'r'), 12, 34);
    saveIn(root, changesIn(root, { 'a.conf': 'new' }));
    expect(statSync(path.join(root, 'a.conf'))).toMatchObject({ uid: 12, gid: 34 });
  });

  test('keep bytes that are no UTF-8', () => {
    const root = plant({ 'a.conf': Buffer.from('\ufeff# \xe4\r\n', 'latin1') });
    const [change] = changesIn(root, { 'a.conf': '' });
    saveIn(root, change === undefined ? [] : [{ ...change, text: `${change.before.text}x` }]);
    expect(readFileSync(path.join(root, 'a.conf'), 'latin1')).toBe('\xff# \xe4\r\nx');
  });

  test('with several names keep them', () => {
    const root = plant({ 'a.conf': 'old' });
    linkSync(path.join(root, 'a.conf'), path.join(root, 'other'));
    expect(saveIn(root, changesIn(root, { 'a.conf': 'new' })).saved).toBe(true);
    expect(contents(root, ['a.conf', 'other'])).toEqual({ 'a.conf': 'new', other: 'new' });
    expect(dotFiles(root)).toEqual([]);
  });

  test('that are one file under two names are written once', () => {
    const root = plant({ 'a.conf': 'old' });
    linkSync(path.join(root, 'a.conf'), path.join(root, 'b.conf'));
    expect(saveIn(root, changesIn(root, { 'a.conf': 'new', 'b.conf': 'new' })).saved).toBe(true);
    expect(contents(root, ['a.conf', 'b.conf'])).toEqual({ 'a.conf': 'new', 'b.conf': 'new' });
  });

  test('none: nothing to do', () => {
    expect(saveIn(plant({}), [])).toEqual({ saved: true, files: [], leftovers: [] });
  });
});

describe('nothing is written when a file', () => {
  function expectRefusal(
    root: string,
    changes: readonly Change[],
    name: string,
    reason: string,
    given?: ReadonlySet<string>,
  ): void {
    const before = contents(
      root,
      Object.keys(OLD).filter((file) => file !== name),
    );
    const result = given === undefined ? saveIn(root, changes) : save(changes, { cwd: root, given });
    expect(result.saved).toBe(false);
    expect(result.files.find(({ file }) => file === name)).toEqual({ file: name, state: 'kept', reason, copy: null });
    expect(result.files.every(({ state }) => state === 'kept')).toBe(true);
    expect(contents(root, Object.keys(before))).toEqual(before);
    expect(dotFiles(root)).toEqual([]);
  }

  test('was changed since it was read', () => {
    const root = plant(OLD);
    const changes = changesIn(root);
    writeFileSync(path.join(root, 'd/c.conf'), 'else');
    expectRefusal(root, changes, 'd/c.conf', 'was changed since it was read');
  });

  test('is gone', () => {
    const root = plant(OLD);
    const changes = changesIn(root);
    renameSync(path.join(root, 'd/c.conf'), path.join(root, 'd/gone'));
    expectRefusal(root, changes, 'd/c.conf', 'no such file or directory');
  });

  test('lies outside the given paths', () => {
    const root = plant(OLD);
    expectRefusal(root, changesIn(root), 'd/c.conf', 'lies outside the given paths', new Set(['a.conf', 'd/b.conf']));
  });

  test('became a link', () => {
    const outside = plant({ x: 'old c\n' });
    const root = plant(OLD);
    const changes = changesIn(root);
    renameSync(path.join(root, 'd/c.conf'), path.join(root, 'd/was'));
    symlinkSync(path.join(outside, 'x'), path.join(root, 'd/c.conf'));
    expectRefusal(root, changes, 'd/c.conf', 'is no regular file any more');
    expect(readFileSync(path.join(outside, 'x'), 'utf8')).toBe('old c\n');
  });

  test('lies in a directory that became a link', () => {
    const outside = plant({ 'b.conf': 'old b', 'c.conf': 'old c\n' });
    const root = plant(OLD);
    const changes = changesIn(root);
    renameSync(path.join(root, 'd'), path.join(root, 'was'));
    symlinkSync(outside, path.join(root, 'd'));
    expectRefusal(root, changes, 'd/c.conf', 'now lies behind a symbolic link');
    expect(contents(outside, ['b.conf', 'c.conf'])).toEqual({ 'b.conf': 'old b', 'c.conf': 'old c\n' });
  });

  test('is Latin-1 and cannot hold the new text', () => {
    const root = plant({ ...OLD, 'd/c.conf': Buffer.from('\xe4', 'latin1') });
    expectRefusal(
      root,
      changesIn(root, { ...NEW, 'd/c.conf': '…' }),
      'd/c.conf',
      'is Latin-1, and the new text does not fit',
    );
  });

  test('is to hold two texts', () => {
    const root = plant({ 'a.conf': 'old' });
    linkSync(path.join(root, 'a.conf'), path.join(root, 'b.conf'));
    const result = saveIn(root, changesIn(root, { 'a.conf': 'one', 'b.conf': 'two' }));
    expect(result.files.map(({ reason }) => reason)).toEqual([
      null,
      'is the same file as a.conf, which is to hold another text',
    ]);
  });

  const root = process.getuid?.() === 0;
  (root ? test : test.skip).each([
    ['may not be written', 0o444, 0o777],
    ['lies in a directory that may not be written', 0o666, 0o555],
  ])('%s', (_, mode, directoryMode) => {
    const tree = plant(OLD);
    const changes = changesIn(tree);
    for (const place of ['.', 'd']) chmodSync(path.join(tree, place), 0o777);
    for (const name of Object.keys(OLD)) chmodSync(path.join(tree, name), 0o666);
    chmodSync(path.join(tree, 'd/b.conf'), mode);
    chmodSync(path.join(tree, 'd'), directoryMode);
    process.seteuid?.(65534);
    try {
      expectRefusal(tree, changes, 'd/b.conf', 'permission denied');
    } finally {
      process.seteuid?.(0);
    }
  });
});

(process.getuid?.() === 0 ? test : test.skip)('a file of another owner that may be written is written in place', () => {
  const root = plant({ 'a.conf': { text: 'old', mode: 0o666 } });
  const changes = changesIn(root, { 'a.conf': 'new' });
  chmodSync(root, 0o777);
  const before = statSync(path.join(root, 'a.conf'));
  process.seteuid?.(65534);
  try {
    expect(saveIn(root, changes).saved).toBe(true);
  } finally {
    process.seteuid?.(0);
  }
  expect(statSync(path.join(root, 'a.conf'))).toMatchObject({ ino: before.ino, uid: 0 });
  expect(contents(root, ['a.conf'])).toEqual({ 'a.conf': 'new' });
  expect(dotFiles(root)).toEqual([]);
});

/** What happens at the n-th call: the error, once or from then on, or the end of the process. */
interface Fault {
  readonly at: number;
  readonly kind: 'once' | 'on' | 'kill';
  readonly code: string;
  readonly only?: (call: string, args: readonly unknown[]) => boolean;
}

/** The real system with a fault; writes stop half way. Counts its calls. */
function faulty(fault: Fault): { readonly system: System; readonly calls: () => number } {
  let count = 0;
  const system = new Proxy(nodeSystem, {
    get:
      (target, call: keyof System) =>
      (...args: unknown[]): unknown => {
        const original = target[call] as (...passed: unknown[]) => unknown;
        if (fault.only !== undefined && !fault.only(call, args)) return original(...args);
        count++;
        const strikes = fault.kind === 'once' ? count === fault.at : count >= fault.at;
        if (!strikes) return call === 'fsyncSync' ? undefined : original(...args); // a thousand real ones take their time
        if (call === 'writeSync' && count === fault.at)
          original(args[0], args[1], args[2], Math.floor(Number(args[3]) / 2), args[4]);
        if (call === 'closeSync' && fault.kind !== 'kill') original(...args); // Linux frees the descriptor all the same
        throw Object.assign(new Error(fault.code), { code: fault.code });
      },
  });
  return { system, calls: () => count };
}

/** A tree of three files, one of them with two names. */
function plantLinked(): string {
  const root = plant(OLD);
  linkSync(path.join(root, 'd/c.conf'), path.join(root, 'd/twin'));
  return root;
}

function callsOf(root: string): number {
  const { system, calls } = faulty({ at: Infinity, kind: 'once', code: '' });
  saveIn(root, changesIn(root), system);
  return calls();
}

/** Names that includes match never show what is being written. */
function expectNoVisibleFile(root: string): void {
  const disk = createDisk();
  for (const pattern of ['*', '*.conf', 'd/*', 'd/*.conf', '*/*']) {
    expect(callsGlob(pattern)).toBe(true);
    const found = glob3(`${root}/${pattern}`, disk).map((file) => path.relative(root, file));
    expect(found.filter((name) => !['a.conf', 'd', 'd/b.conf', 'd/c.conf', 'd/twin'].includes(name))).toEqual([]);
  }
}

test('there are enough steps for a fault to matter', () => {
  expect(callsOf(plantLinked())).toBeGreaterThan(60);
});

describe.each(['EACCES', 'ENOSPC', 'EIO', 'EBUSY', 'EPERM'])('%s at any one call', (code) => {
  test('leaves all files old or all new, and the account is true', () => {
    const last = callsOf(plantLinked());
    for (let at = 1; at <= last; at++) {
      const root = plantLinked();
      const result = saveIn(root, changesIn(root), faulty({ at, kind: 'once', code }).system);
      expect({ at, ...contents(root) }).toEqual({ at, ...(result.saved ? NEW : OLD) });
      expect(result.files.map(({ state }) => state === 'written')).toEqual(Array<boolean>(3).fill(result.saved));
      expectNoVisibleFile(root);
      const leftovers = result.leftovers.map((file) => path.relative(root, file));
      expect({ at, files: result.files, left: dotFiles(root) }).toEqual({ at, files: result.files, left: leftovers });
    }
  });
});

describe.each(['ENOSPC', 'EIO'])('%s on every write from some point on', (code) => {
  test('leaves each file old, or says where its old text is', () => {
    const only = (call: string): boolean => call === 'writeSync';
    for (let at = 1; at <= 6; at++) {
      const root = plantLinked();
      const result = saveIn(root, changesIn(root), faulty({ at, kind: 'on', code, only }).system);
      for (const { file, state, copy } of result.files) {
        const place = state === 'damaged' ? path.relative(root, copy ?? '') : file;
        expect({ at, file, text: readFileSync(path.join(root, place), 'utf8') }).toEqual({
          at,
          file,
          text: (result.saved ? NEW : OLD)[file],
        });
      }
      expectNoVisibleFile(root);
    }
  });
});

test('a file system without hard links is served by copies', () => {
  const root = plant(OLD);
  const { system } = faulty({ at: 1, kind: 'on', code: 'EPERM', only: (call) => call === 'linkSync' });
  expect(saveIn(root, changesIn(root), system).saved).toBe(true);
  expect(contents(root)).toEqual(NEW);
  expect(dotFiles(root)).toEqual([]);
});

test('a mount point is written in place', () => {
  const root = plant(OLD);
  const before = lstatSync(path.join(root, 'a.conf')).ino;
  const only = (call: string, args: readonly unknown[]): boolean =>
    call === 'renameSync' && String(args[1]).endsWith('/a.conf');
  expect(saveIn(root, changesIn(root), faulty({ at: 1, kind: 'on', code: 'EBUSY', only }).system).saved).toBe(true);
  expect(lstatSync(path.join(root, 'a.conf')).ino).toBe(before);
  expect(contents(root)).toEqual(NEW);
  expect(dotFiles(root)).toEqual([]);
});

test('a file that changes while others are written stops everything, and is kept as it is', () => {
  const root = plant(OLD);
  const changes = changesIn(root);
  const meddling = new Proxy(nodeSystem, {
    get: (target, call: keyof System) =>
      call !== 'renameSync'
        ? target[call]
        : (...args: [string, string]) => {
            writeFileSync(path.join(root, 'd/c.conf'), 'else\n');
            utimesSync(path.join(root, 'd/c.conf'), 1, 1);
            target.renameSync(...args);
          },
  });
  const result = saveIn(root, changes, meddling);
  expect(contents(root)).toEqual({ ...OLD, 'd/c.conf': 'else\n' });
  expect(result.files.map(({ state, reason }) => [state, reason])).toEqual([
    ['restored', null],
    ['restored', null],
    ['kept', 'was changed meanwhile'],
  ]);
});

describe('killed at any call', () => {
  test('each file is old or new, what had to be written in place lies beside it', () => {
    const last = callsOf(plantLinked());
    for (let at = 1; at <= last; at++) {
      const root = plantLinked();
      const changes = changesIn(root);
      try {
        saveIn(root, changes, faulty({ at, kind: 'kill', code: 'KILL' }).system);
      } catch {
        // not even the descriptors are closed
      }
      const found = contents(root);
      const copies = dotFiles(root).map((name) => readFileSync(path.join(root, name), 'utf8'));
      for (const name of ['a.conf', 'd/b.conf']) expect([OLD[name], NEW[name]]).toContain(found[name]);
      const safe =
        [OLD['d/c.conf'], NEW['d/c.conf']].includes(found['d/c.conf']) || copies.includes(OLD['d/c.conf'] ?? '');
      expect({ at, safe }).toEqual({ at, safe: true });
      expectNoVisibleFile(root);
    }
  });
});

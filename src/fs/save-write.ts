import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { holds } from './save-check';
import type { Plan } from './save-check';
import type { System } from './system';

/** A file beside the one to be written. */
interface Beside {
  readonly path: string;
  /** Its name as the user knows the directory. */
  readonly shown: string;
}

/** How far one file has come. */
export interface Step {
  readonly plan: Plan;
  /** The new text, to be renamed. */
  temporary: Beside | null;
  /** The old text: another name of the old file, or a copy. */
  copy: Beside | null;
  /** The file itself may differ from what it was. */
  began: boolean;
  inPlace: boolean;
}

class Interfered extends Error {}

/** Everything that can be done without touching the file itself. */
export function prepare(step: Step, system: System): void {
  const { plan } = step;
  if (plan.alias) return;
  if (!step.inPlace) {
    step.temporary = besides(plan);
    writeNew(step.temporary.path, plan.new, system, (fd) => {
      step.inPlace = !makeAlike(fd, plan, system);
    });
  }
  step.copy = besides(plan);
  if (step.inPlace) writeNew(step.copy.path, plan.old, system, () => undefined);
  else keepOld(plan, step.copy.path, system);
}

/** A second name costs no space, so that putting back cannot fail for want of it. Not every file system has them. */
function keepOld(plan: Plan, copy: string, system: System): void {
  try {
    system.linkSync(fileOf(plan), copy);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS', 'EXDEV', 'EBUSY'].includes(code)) throw error;
    writeNew(copy, plan.old, system, (fd) => makeAlike(fd, plan, system));
  }
}

/** Same owner and mode. False: not ours to give away; the file is then written in place. */
function makeAlike(fd: number, { stats }: Plan, system: System): boolean {
  const mine = system.fstatSync(fd);
  if (mine.uid !== stats.uid || mine.gid !== stats.gid) {
    try {
      system.fchownSync(fd, stats.uid, stats.gid);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
      return false;
    }
  }
  system.fchmodSync(fd, stats.mode & 0o7777);
  return true;
}

/** Puts the new text in place of the old. */
export function commit(step: Step, system: System): void {
  const { plan, temporary } = step;
  if (plan.alias) return;
  refuseChanged(step, system);
  step.began = true;
  if (step.inPlace || temporary === null) return overwrite(plan, plan.new, system);
  try {
    system.renameSync(temporary.path, fileOf(plan));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error;
    replaceMountPoint(step, system);
    return;
  }
  syncDirectory(plan, system);
}

/** A file that is mounted by itself (a container's volume) cannot be renamed over. */
function replaceMountPoint(step: Step, system: System): void {
  const { plan } = step;
  const copy = besides(plan);
  writeNew(copy.path, plan.old, system, () => undefined);
  if (step.copy !== null) unlink(step.copy, system);
  step.copy = copy;
  step.inPlace = true;
  overwrite(plan, plan.new, system);
}

/** The last look before it counts. */
function refuseChanged({ plan }: Step, system: System): void {
  const now = system.lstatSync(fileOf(plan));
  const { stats } = plan;
  const same =
    now.ino === stats.ino && now.dev === stats.dev && now.size === stats.size && now.mtimeMs === stats.mtimeMs;
  if (!same || !holds(system, fileOf(plan), plan.old)) throw new Interfered('was changed meanwhile');
}

/** What failed may have happened or not: what the file holds decides. */
export function rollBack(step: Step, system: System): void {
  const { plan, copy } = step;
  if (stillHolds(plan, system)) return;
  if (step.inPlace || copy === null) overwrite(plan, plan.old, system);
  else {
    system.renameSync(copy.path, fileOf(plan));
    syncDirectory(plan, system);
  }
}

function stillHolds(plan: Plan, system: System): boolean {
  try {
    return holds(system, fileOf(plan), plan.old);
  } catch {
    return false;
  }
}

/** One write for the text, then the length: as short a time as can be in which the file is neither. */
function overwrite(plan: Plan, bytes: Buffer, system: System): void {
  const fd = system.openSync(
    fileOf(plan),
    constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const { ino, dev } = system.fstatSync(fd);
    if (ino !== plan.stats.ino || dev !== plan.stats.dev) throw new Interfered('was replaced meanwhile');
    writeBytes(fd, bytes, system);
    system.ftruncateSync(fd, bytes.length);
    system.fsyncSync(fd);
  } finally {
    system.closeSync(fd);
  }
}

/** A new file with these bytes, on the disk when this returns. Readable by nobody else until `adjust` says so. */
function writeNew(file: string, bytes: Buffer, system: System, adjust: (fd: number) => void): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const fd = system.openSync(file, flags, 0o600);
  try {
    writeBytes(fd, bytes, system);
    adjust(fd);
    system.fsyncSync(fd);
  } finally {
    system.closeSync(fd);
  }
}

function writeBytes(fd: number, bytes: Buffer, system: System): void {
  let length = 0;
  while (length < bytes.length) length += system.writeSync(fd, bytes, length, bytes.length - length, length);
}

/** Best effort: the rename has happened; where a directory cannot be synced there is nothing to be done. */
function syncDirectory(plan: Plan, system: System): void {
  try {
    const fd = system.openSync(plan.directory, constants.O_RDONLY);
    try {
      system.fsyncSync(fd);
    } finally {
      system.closeSync(fd);
    }
  } catch {
    // Windows has no such thing, some file systems neither
  }
}

/** Removes temporary files but for the copies that are still needed; returns those that stay. */
export function sweep(steps: readonly Step[], needed: ReadonlySet<Step>, system: System): string[] {
  const left: string[] = [];
  for (const step of steps) {
    if (step.temporary !== null && !unlink(step.temporary, system)) left.push(step.temporary.shown);
    if (step.copy !== null && !needed.has(step) && !unlink(step.copy, system)) left.push(step.copy.shown);
  }
  return left;
}

/** True when it is gone, also when it never was: a failed open, a rename. */
function unlink(file: Beside, system: System): boolean {
  try {
    system.unlinkSync(file.path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' || isAbsent(file.path, system);
  }
}

function isAbsent(file: string, system: System): boolean {
  try {
    system.lstatSync(file);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** A dot name that ends in `.tmp`: neither `*` nor `*.conf` of an include matches it. */
function besides({ directory, real }: Plan): Beside {
  const name = `.nginx-ws-lint-${randomBytes(8).toString('hex')}.tmp`;
  return { path: `${directory}/${name}`, shown: join(dirname(real), name) };
}

function fileOf({ directory, base }: Plan): string {
  return `${directory}/${base}`;
}

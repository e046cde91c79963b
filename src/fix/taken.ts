import { collide } from '../text/edit';
import { isInsertion, type Change } from './change';

/** Edits accepted so far, none in another's way. Insertions at one point are not: they are joined. */
export class Taken {
  private readonly byFile = new Map<string, Change[]>();

  /** Takes all of them, or none. */
  take(changes: readonly Change[]): boolean {
    const added: Change[] = [];
    for (const change of changes) {
      if (this.isBlocked(change)) {
        for (const one of added) this.remove(one);
        return false;
      }
      if (this.add(change)) added.push(change);
    }
    return true;
  }

  private isBlocked(change: Change): boolean {
    const list = this.byFile.get(change.file) ?? [];
    for (let index = position(list, change.start); index < list.length; index += 1) {
      const other = list[index];
      if (other === undefined || other.start > change.end) break;
      if (conflict(change, other)) return true;
    }
    // of those that start before, only the last that is no insertion can reach this far
    for (let index = position(list, change.start) - 1; index >= 0; index -= 1) {
      const other = list[index];
      if (other === undefined || conflict(change, other)) return other !== undefined;
      if (!isInsertion(other)) break;
    }
    return false;
  }

  /** False when it is there already. */
  private add(change: Change): boolean {
    let list = this.byFile.get(change.file);
    if (list === undefined) this.byFile.set(change.file, (list = []));
    const index = position(list, change.start);
    for (let at = index; list[at]?.start === change.start; at += 1) {
      if (isSame(change, list[at])) return false;
    }
    list.splice(index, 0, change);
    return true;
  }

  private remove(change: Change): void {
    const list = this.byFile.get(change.file) ?? [];
    list.splice(list.indexOf(change), 1);
  }
}

function conflict(a: Change, b: Change): boolean {
  if (isSame(a, b) || (isInsertion(a) && isInsertion(b))) return false;
  return collide(a, b);
}

function isSame(a: Change, b: Change | undefined): boolean {
  return b !== undefined && a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Index of the first edit that does not start before `start`. */
function position(list: readonly Change[], start: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

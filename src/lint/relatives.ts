import type { Likeness } from '../model/likeness';
import type { Workspace } from '../model/workspace';
import { piecesIn } from '../syntax/pieces';
import type { Pieces } from '../syntax/pieces';
import { twinOf } from './twin';
import type { Twin } from './twin';

/** A model file, and those it stands for. */
export class Relatives {
  private found: readonly Twin[] | null = null;

  constructor(
    private readonly workspace: Workspace,
    readonly likeness: Likeness,
  ) {}

  /** The files that were left out. Looked at when something is found in the model: most often nothing is. */
  get twins(): readonly Twin[] {
    const { model, files } = this.likeness;
    const pieces = this.piecesOf(model);
    this.found ??= files.slice(1).flatMap((file) => {
      const own = this.piecesOf(file);
      return pieces === null || own === null ? [] : [twinOf(pieces, file, own)];
    });
    return this.found;
  }

  /** Whether a text names what the model has of its own: one of its words, or its name without directories. */
  namesModel(text: string): boolean {
    const { model } = this.likeness;
    if (text.includes(nameOf(model))) return true;
    return this.piecesOf(model)?.pieces.some(({ words }) => words.some((word) => text.includes(word))) ?? true;
  }

  private piecesOf(file: string): Pieces | null {
    const source = this.workspace.files.get(file);
    return source === undefined ? null : piecesIn(source);
  }
}

/** Without directories. */
export function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

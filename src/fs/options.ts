import type { EnclosingContext } from '../model/workspace';

/** `--map FROM=TO`: what nginx sees as FROM lies at TO (relative to the working directory). */
export interface Mapping {
  readonly from: string;
  readonly to: string;
}

export interface LoadOptions {
  /** Absolute. Names in reports are relative to it. */
  readonly cwd: string;
  /** Where relative includes start; default: the main file's directory. */
  readonly prefix?: string | null;
  readonly maps?: readonly Mapping[];
  /** More places that may be read. */
  readonly allow?: readonly string[];
  /** What encloses a fragment, stated. Default: worked out from it. */
  readonly context?: EnclosingContext | null;
  /** What `-` among the paths stands for. */
  readonly stdin?: Buffer | null;
  /** The place of standard input in a tree: it is read instead of that file, and findings are for it alone. */
  readonly stdinFilename?: string | null;
  /** Files below a root that nginx does not read are fragments. */
  readonly all?: boolean;
  /** For files that are passed alone: find the main file above them that includes them, report on them only. */
  readonly discover?: boolean;
  /** Where to look when no path is given, instead of ./nginx.conf and nginx's usual places. */
  readonly defaults?: readonly string[];
  /** Called when a directory turns out to hold hundreds of files, before anything is done about them. */
  readonly whenMany?: (entries: number) => void;
}

import type { Source } from '../text/source';

/** Blocks that enclose a fragment, outermost first: `['http', 'server']`. Empty: the fragment is a main file. */
export type EnclosingContext = readonly string[];

/** What an include's pattern names. Keyed in `Workspace.includes` by the pattern as the directive's argument gives it. */
export type IncludeTarget =
  /**
   * Files in the order nginx reads them; a glob may match none. One that `Workspace.files` lacks was not read: all it
   * could set is unknown. `dangling` are links among them to nowhere, for which nginx refuses the configuration.
   */
  | { readonly kind: 'files'; readonly files: readonly string[]; readonly dangling?: readonly string[] }
  /** No glob, and no such file: nginx refuses the configuration. `path` is where it was looked for. */
  | { readonly kind: 'missing'; readonly path: string }
  /** Not read: outside what may be read, unreadable, a variable of a template. All it could set is unknown. */
  | { readonly kind: 'unread'; readonly reason: string };

export interface Fragment {
  readonly file: string;
  /** Worked out from the file, or stated by `--context`. */
  readonly context: EnclosingContext;
  /** True when `--context` states what encloses it, and that it sets nothing. */
  readonly stated: boolean;
}

/**
 * Everything the core needs to know of the outside: one root (a main file, or fragments linted together), the files
 * by the path that names them in reports, and what each include names. The core is a pure function of this.
 */
export interface Workspace {
  /** Key of the main file in `files`; null when there are only fragments. */
  readonly main: string | null;
  readonly fragments: readonly Fragment[];
  /** Directory that relative includes start from (as nginx sees it). */
  readonly prefix: string;
  /** True when the main file lies where its own absolute includes point: nginx on this machine reads this tree. */
  readonly live: boolean;
  readonly files: ReadonlyMap<string, Source>;
  readonly includes: ReadonlyMap<string, IncludeTarget>;
  /** Files inside the given paths: only these are shown in frames and edited. */
  readonly given: ReadonlySet<string>;
  /** Files outside of all that was given or named in options, which a live tree leads to: no report shows their words. */
  readonly outside?: ReadonlySet<string>;
  /** Findings are wanted for these files alone (standard input with a place in a tree, files of a commit); absent: for all. */
  readonly focus?: ReadonlySet<string>;
  /** Directories that stand for others without anybody having said so: `/etc/nginx` -> `deploy/nginx`. */
  readonly mappings?: readonly { readonly from: string; readonly to: string }[];
  readonly notes: readonly string[];
  /** Input that could not be read: exit status 2. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly file: string | null;
  readonly message: string;
}

/** Where no include names as many files, each is judged by itself: likeness would save less than it costs. */
export const FEW_FILES = 30;

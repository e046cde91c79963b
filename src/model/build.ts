import { treeOf } from '../syntax/cache';
import { isTag } from '../syntax/placeholders';
import type { Directive, SyntaxTree } from '../syntax/nodes';
import { kindOfBlock } from './blocks';
import type { BrokenInclude, Configuration, Scope, ScopeKind, Setting } from './scope';
import type { Fragment, Workspace } from './workspace';

const NONE: readonly Setting[] = [];
/** Below this a scan of the list is faster than an index of it. */
const INDEXED_FROM = 12;
const HOLDS_SITES: ReadonlySet<ScopeKind> = new Set(['main', 'http', 'stream', 'mail']);

class BuiltScope implements Scope {
  readonly settings: Setting[] = [];
  readonly children: BuiltScope[] = [];
  readonly unread: Setting[] = [];
  private index: Map<string, Setting[]> | null = null;

  constructor(
    readonly kind: ScopeKind,
    readonly opener: Setting | null,
    readonly parent: Scope | null,
    readonly assumed: boolean,
  ) {}

  own(name: string): readonly Setting[] {
    if (this.settings.length >= INDEXED_FROM) {
      this.index ??= indexByName(this.settings);
      return this.index.get(name) ?? NONE;
    }
    let found: Setting[] | null = null;
    for (const setting of this.settings) {
      if (setting.directive.name !== name) continue;
      if (found === null) found = [setting];
      else found.push(setting);
    }
    return found ?? NONE;
  }
}

function indexByName(settings: readonly Setting[]): Map<string, Setting[]> {
  const index = new Map<string, Setting[]>();
  for (const setting of settings) {
    const sameName = index.get(setting.directive.name);
    if (sameName === undefined) index.set(setting.directive.name, [setting]);
    else sameName.push(setting);
  }
  return index;
}

/** A list of directives on its way into a scope. `file` is set while an included (or root) file is being read. */
interface Frame {
  readonly tree: SyntaxTree;
  readonly directives: readonly Directive[];
  readonly scope: BuiltScope;
  readonly via: Setting | null;
  readonly file: string | null;
  /** The file is read for the first time. */
  readonly first: boolean;
  next: number;
}

/**
 * Forty files that each include the next one twice make 2^40 directives. As many are spliced as any real tree has: a
 * large number, and for each directive that is written a hundred occurrences on average.
 */
const MOST_AT_LEAST = 200_000;
const MOST_OCCURRENCES = 100;

/**
 * Splices includes where they stand, an occurrence each: the same line of a snippet that is included twice is two
 * settings. Works on a stack of its own: nesting and include chains may be thousands deep.
 */
class Builder {
  private settings = 0;
  private written = 0;
  readonly trees = new Map<string, SyntaxTree>();
  readonly broken: BrokenInclude[] = [];
  private readonly stack: Frame[] = [];
  private readonly reading = new Set<string>();

  constructor(private readonly workspace: Workspace) {}

  readFile(file: string, scope: BuiltScope): void {
    this.push(file, scope, null);
    for (let frame = this.stack.at(-1); frame !== undefined; frame = this.stack.at(-1)) {
      const directive = frame.directives[frame.next++];
      if (directive !== undefined) this.place(directive, frame);
      else this.pop();
    }
  }

  private push(file: string, scope: BuiltScope, via: Setting | null): void {
    const source = this.workspace.files.get(file);
    if (source === undefined) return;
    const tree = treeOf(source);
    const first = !this.trees.has(file);
    this.trees.set(file, tree);
    this.stack.push({ tree, directives: tree.directives, scope, via, file, first, next: 0 });
  }

  private pop(): void {
    const file = this.stack.pop()?.file;
    if (file != null) this.reading.delete(file);
  }

  private place(directive: Directive, frame: Frame): void {
    // nginx opens a file when it comes to it, not when its include is met: only then does it count as being read.
    if (frame.file !== null) this.reading.add(frame.file);
    const { scope, tree, via, first } = frame;
    const setting: Setting & { opens: Scope | null } = { directive, tree, via, scope, opens: null };
    scope.settings.push(setting);
    this.settings += 1;
    if (first) this.written += 1;
    if (directive.block === null) {
      if (directive.name === 'include') this.include(setting, scope);
      // A template's tag on a line of its own may print any directive.
      else if (isTag(directive.name)) {
        scope.unread.push(setting);
        this.broken.push({ setting, kind: 'unread', detail: "is a template's placeholder" });
      }
    } else if (!directive.block.lua) {
      const opened = new BuiltScope(kindOfBlock(directive.name, scope.kind), setting, scope, false);
      setting.opens = opened;
      scope.children.push(opened);
      this.stack.push({ tree, directives: directive.block.directives, scope: opened, via, file: null, first, next: 0 });
    }
  }

  /**
   * One of a glob's files could not be read: what it could set is unknown. A link to nowhere among whole sites is the
   * rest of one that was removed; in a server or location it may have brought what is missing there.
   */
  private unreadable(setting: Setting, scope: BuiltScope, file: string, dangling: boolean): void {
    if (!dangling || !HOLDS_SITES.has(scope.kind)) scope.unread.push(setting);
    this.broken.push({ setting, kind: dangling ? 'dangling' : 'unread', detail: file });
  }

  private include(setting: Setting, scope: BuiltScope): void {
    const pattern = setting.directive.args[0];
    const target = pattern === undefined ? undefined : this.workspace.includes.get(pattern);
    if (target?.kind !== 'files') {
      scope.unread.push(setting);
      const kind = target?.kind ?? 'unread';
      this.broken.push({ setting, kind, detail: target?.kind === 'missing' ? target.path : (target?.reason ?? '') });
      return;
    }
    const most = MOST_AT_LEAST + MOST_OCCURRENCES * this.written;
    if (this.settings > most) {
      scope.unread.push(setting);
      this.broken.push({ setting, kind: 'unread', detail: `more than ${most} directives come together` });
      return;
    }
    for (let index = target.files.length - 1; index >= 0; index--) {
      const file = target.files[index] ?? '';
      if (!this.workspace.files.has(file))
        this.unreadable(setting, scope, file, target.dangling?.includes(file) ?? false);
      else if (this.reading.has(file)) this.broken.push({ setting, kind: 'cycle', detail: file });
      else this.push(file, scope, setting);
    }
  }
}

export function buildConfiguration(workspace: Workspace): Configuration {
  const builder = new Builder(workspace);
  const main = new BuiltScope('main', null, null, workspace.main === null);
  if (workspace.main !== null) builder.readFile(workspace.main, main);
  const enclosing = new Map<string, BuiltScope>();
  for (const fragment of workspace.fragments) {
    builder.readFile(fragment.file, scopeForFragment(fragment, main, enclosing));
  }
  const blockOf = (kind: ScopeKind): Scope | null => main.children.find((child) => child.kind === kind) ?? null;
  return {
    main,
    http: blockOf('http'),
    stream: blockOf('stream'),
    trees: builder.trees,
    brokenIncludes: builder.broken,
  };
}

/** Fragments share the assumed http (or stream) block, as files of conf.d do; deeper blocks are each one's own. */
function scopeForFragment(fragment: Fragment, main: BuiltScope, shared: Map<string, BuiltScope>): BuiltScope {
  let scope = main;
  for (const [depth, name] of fragment.context.entries()) {
    let inner = depth === 0 ? shared.get(name) : undefined;
    if (inner === undefined) {
      inner = new BuiltScope(kindOfBlock(name, scope.kind), null, scope, !fragment.stated);
      scope.children.push(inner);
      if (depth === 0) shared.set(name, inner);
    }
    scope = inner;
  }
  return scope;
}

import { buildConfiguration } from '../../src/model/build';
import type { Configuration } from '../../src/model/scope';
import type { IncludeTarget, Workspace } from '../../src/model/workspace';
import { createSource } from '../../src/text/source';

/**
 * A workspace in memory: file name -> text; `nginx.conf` is the main file. Includes name other files of it by their
 * name, or by a glob with `*` in the last part.
 */
export function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const names = Object.keys(files);
  const includes = new Map<string, IncludeTarget>();
  for (const text of Object.values(files)) {
    for (const match of text.matchAll(/\binclude\s+([^;\s]+)\s*;/g))
      includes.set(match[1] ?? '', target(match[1] ?? '', names));
  }
  return {
    main: 'nginx.conf',
    fragments: [],
    prefix: '',
    live: false,
    files: new Map(names.map((name) => [name, createSource(name, files[name] ?? '')])),
    includes,
    given: new Set(names),
    notes: [],
    problems: [],
  };
}

function target(pattern: string, names: readonly string[]): IncludeTarget {
  if (names.includes(pattern)) return { kind: 'files', files: [pattern] };
  if (!pattern.includes('*')) return { kind: 'missing', path: pattern };
  const [before = '', after = ''] = pattern.split('*');
  return { kind: 'files', files: names.filter((name) => name.startsWith(before) && name.endsWith(after)).sort() };
}

export function configurationOf(files: Readonly<Record<string, string>> | string): Configuration {
  return buildConfiguration(workspaceOf(typeof files === 'string' ? { 'nginx.conf': files } : files));
}

/** A fragment alone, as `conf.d/x.conf` is: what encloses it is assumed, unless `stated`. */
export function fragmentOf(text: string, context: readonly string[], stated = false): Workspace {
  const workspace = workspaceOf({ 'fragment.conf': text });
  return { ...workspace, main: null, fragments: [{ file: 'fragment.conf', context, stated }] };
}

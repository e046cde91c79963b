import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from '../../src/fs/load';
import type { LoadOptions } from '../../src/fs/options';
import type { IncludeTarget, Workspace } from '../../src/model/workspace';

/** What to put at a path: text, bytes, a link's target, or a mode beside a text. */
export type Planted = string | Buffer | { readonly link: string } | { readonly text: string; readonly mode: number };

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** A directory of its own with these files; `@` in texts and links stands for it. */
export function plant(files: Readonly<Record<string, Planted>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'ws-lint-')));
  roots.push(root);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content.replaceAll('@', root));
    else if (Buffer.isBuffer(content)) writeFileSync(file, content);
    else if ('link' in content) symlinkSync(content.link.replaceAll('@', root), file);
    else {
      writeFileSync(file, content.text);
      chmodSync(file, content.mode);
    }
  }
  return root;
}

export function loadIn(root: string, paths: readonly string[], options: Partial<LoadOptions> = {}): Workspace[] {
  return load(paths, { cwd: root, defaults: [], ...options });
}

/** The only workspace. */
export function loadOne(root: string, paths: readonly string[], options: Partial<LoadOptions> = {}): Workspace {
  const [workspace, ...others] = loadIn(root, paths, options);
  if (workspace === undefined || others.length > 0) throw new Error(`${others.length + 1} workspaces`);
  return workspace;
}

export const filesOf = (workspace: Workspace): string[] => [...workspace.files.keys()];

export function target(workspace: Workspace, pattern: string): IncludeTarget | undefined {
  return workspace.includes.get(pattern);
}

export const messages = (workspace: Workspace): string[] =>
  workspace.problems.map(({ file, message }) => `${file ?? ''}: ${message}`);

export const MAIN = 'events {}\nhttp {\n  include conf.d/*.conf;\n}\n';
export const SERVER = 'server {\n  listen 80;\n  location /ws { proxy_pass http://127.0.0.1:1; }\n}\n';

import { fix } from '../../src/fix/fixer';
import { DEFAULT_OPTIONS } from '../../src/lint/linter';
import type { NginxVersion } from '../../src/model/version';
import { rules } from '../../rules';
import { nginxTest } from '../live/nginx';
import type { Files } from '../live/nginx';
import { workspaceFor } from '../live/tree';

export interface Judgement {
  /** Null when nothing is wrong. */
  readonly complaint: string | null;
  readonly changed: boolean;
  /** By nginx, before fixing. */
  readonly accepted: boolean;
}

/** Fixes a tree; a real nginx that took it must take what comes of it. `seed` decides which fixes, for which versions. */
export function judgeByNginx(files: Files, seed: number, installed: NginxVersion, binary: string): Judgement {
  const version = seed % 2 === 0 ? null : installed;
  const unsafe = seed % 4 < 2;
  const options = { ...DEFAULT_OPTIONS, version, patterns: { websocket: ['*'], notWebsocket: [] }, unsafe };
  const { changes, workspace } = fix(workspaceFor(files), rules, options);
  if (changes.length === 0) return { complaint: null, changed: false, accepted: false };
  const accepted = nginxTest(files, binary).ok;
  const wrong = (complaint: string | null): Judgement => ({ complaint, changed: true, accepted });
  if (fix(workspace, rules, options).changes.length > 0) return wrong('a second fix changes the tree');
  if (!accepted) return wrong(null);
  const texts: Files = new Map([...files].map(([name, text]) => [name, workspace.files.get(name)?.text ?? text]));
  const after = nginxTest(texts, binary);
  return wrong(after.ok ? null : `refused after fixing: ${after.message}`);
}

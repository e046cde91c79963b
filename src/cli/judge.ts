import { load } from '../fs/load';
import type { EditMaker } from '../lint/diagnose';
import { lint } from '../lint/linter';
import type { LintResult } from '../lint/result';
import { buildConfiguration } from '../model/build';
import type { Configuration } from '../model/scope';
import type { NginxVersion } from '../model/version';
import type { Workspace } from '../model/workspace';
import { rules } from '../../rules';
import { readConfig } from './config-file';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { checkedVersion, printConfig } from './judging';
import { settingsOf } from './settings';
import { during } from './stage';

/** A tree with the answer for it, for commands that look at routes. */
export interface JudgedTree {
  readonly workspace: Workspace;
  readonly version: NginxVersion | null;
  readonly result: LintResult;
  /** The one that the result's routes are of. */
  readonly configuration: Configuration;
}

/** Null: the settings were asked for, and printed. */
export function judgeTrees(call: Invocation, io: Io): readonly JudgedTree[] | null {
  const settings = settingsOf(call, readConfig(call, io, rules), rules, io);
  if (call.flag('print-config')) {
    printConfig(settings, io);
    return null;
  }
  const workspaces = during('reading', () => load(settings.paths, settings.load));
  return workspaces.map((read) => {
    const { version, notes } = checkedVersion(settings, read);
    const workspace = { ...read, notes: [...read.notes, ...notes] };
    let configuration: Configuration | null = null;
    const editsFor = (judged: Configuration): EditMaker => {
      configuration = judged;
      return () => null;
    };
    const result = during('checking', () => lint(workspace, rules, { ...settings.lint, version, editsFor }));
    return { workspace, version, result, configuration: configuration ?? buildConfiguration(workspace) };
  });
}

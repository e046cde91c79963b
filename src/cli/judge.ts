import { judgeTree } from '../api/trace';
import type { JudgedTree } from '../api/trace';
import { load } from '../fs/load';
import { rules } from '../../rules';
import { readConfig } from './config-file';
import type { Invocation } from './invocation';
import type { Io } from './io';
import { checkedVersion, printConfig } from './judging';
import { protectTrees } from './protect';
import { settingsOf } from './settings';
import { during } from './stage';

/** Null: the settings were asked for, and printed. */
export function judgeTrees(call: Invocation, io: Io): readonly JudgedTree[] | null {
  const settings = settingsOf(call, readConfig(call, io, rules), rules, io);
  if (call.flag('print-config')) {
    printConfig(settings, io);
    return null;
  }
  const workspaces = during('reading', () => load(settings.paths, settings.load));
  protectTrees(call, io, workspaces, settings.config);
  return workspaces.map((read) => {
    const { version, notes } = checkedVersion(settings, read);
    const workspace = { ...read, notes: [...read.notes, ...notes] };
    return during(`checking ${workspace.main ?? workspace.fragments[0]?.file ?? 'nothing'}`, () =>
      judgeTree(workspace, { ...settings.lint, version }),
    );
  });
}

import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';
import { dailyWindow, meet, weeklyWindow, type Window } from './window.ts';

type Named = { readonly path: readonly string[]; readonly text: string; readonly window: Window };

/**
 * Windows are long enough and apart: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 * and https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 */
export function checkWindows({ backup, maintenanceWindow, cache }: LedgerDatabaseSpec): readonly SpecFault[] {
  const ofDatabase = {
    daily: daily(['backup', 'window'], backup.window),
    weekly: weekly(['maintenanceWindow'], maintenanceWindow),
  };
  const ofCache = {
    daily: daily(['cache', 'snapshotWindow'], cache?.snapshotWindow),
    weekly: weekly(['cache', 'maintenanceWindow'], cache?.maintenanceWindow),
  };
  return [...faultsOf(ofDatabase, 30), ...faultsOf(ofCache, 60)];
}

type Pair = { readonly daily: Named | undefined; readonly weekly: Named | undefined };

function faultsOf({ daily: backup, weekly: maintenance }: Pair, least: number): readonly SpecFault[] {
  const short = [backup, maintenance].filter((one) => one !== undefined && one.window.length < least);
  if (short.length > 0)
    return short.flatMap((one) =>
      one === undefined
        ? []
        : [{ path: one.path, message: `${one.text} is too short: it must be at least ${least} minutes` }],
    );
  if (backup === undefined || maintenance === undefined || !meet(backup.window, maintenance.window))
    return [];
  const message = `${maintenance.text} overlaps ${backup.path.join('.')}, which is ${backup.text} on every day`;
  return [{ path: maintenance.path, message }];
}

function daily(path: readonly string[], text: string | undefined): Named | undefined {
  return text === undefined ? undefined : { path, text, window: dailyWindow(text) };
}

function weekly(path: readonly string[], text: string | undefined): Named | undefined {
  return text === undefined ? undefined : { path, text, window: weeklyWindow(text) };
}

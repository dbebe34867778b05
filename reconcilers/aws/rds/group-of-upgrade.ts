import { isOtherMajor } from './engine-version.ts';

/**
 * No group has this name: AWS does not say which one comes with an upgrade to another major version that waits for
 * the maintenance window, and until then the one that is wanted fits no instance.
 */
export const COMES_WITH_UPGRADE = '';

export function isOrComes(wanted: string, actual: string): boolean {
  return wanted === actual || actual === COMES_WITH_UPGRADE;
}

/** Whether an upgrade to another major version waits. */
export function isUpgradePending(database: {
  readonly EngineVersion?: string | undefined;
  readonly PendingModifiedValues?: { readonly EngineVersion?: string | undefined } | undefined;
}): boolean {
  const { EngineVersion: present = '', PendingModifiedValues: pending = {} } = database;
  return pending.EngineVersion !== undefined && isOtherMajor(pending.EngineVersion, present);
}

import { Terminal } from '../../../controller/engine/errors.ts';
import { coversVersion, isEarlierMajor, isOtherMajor } from './engine-version.ts';

/**
 * To one version from the one that is there; an upgrade that waits is taken back by asking for what is there. A
 * parameter group fits one major version: those of the next one come with it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.html
 */
export function versionModification<Groups extends object>(wanted: string, present: string, groups: Groups) {
  if (coversVersion(wanted, present)) return { EngineVersion: present };
  if (isEarlierMajor(wanted, present))
    throw new Terminal(
      'InvalidSpec',
      `has the engine version ${present}, and AWS goes back to no earlier one such as ${wanted}: ` +
        'restore a snapshot that was made before the upgrade instead',
    );
  if (!isOtherMajor(wanted, present)) return { EngineVersion: wanted };
  return { EngineVersion: wanted, AllowMajorVersionUpgrade: true, ...groups };
}

import type { ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { settingRules } from '../instance/instance-settings.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from '../limits.ts';
import { createOnce } from '../ownership.ts';
import { changeTags } from '../tags.ts';
import { startCreation } from './cluster-instance-creation.ts';
import { deleteClusterInstance } from './cluster-instance-deletion.ts';
import { listClusterInstances } from './cluster-instance-list.ts';
import type { ClusterInstanceOutputs, ClusterInstanceSpec } from './cluster-instance-spec.ts';
import { interruptionOfMember, writeClusterInstance } from './cluster-instance-update.ts';

/** A writer or reader of an Aurora cluster. One that failed may be replaced: the data is the cluster's. */
export const ClusterInstance: ResourceType<ClusterInstanceSpec, ClusterInstanceOutputs, Aws> = {
  name: 'rds/cluster-instance',
  fields: {
    ...settingRules,
    // One of another version fits only a cluster that has it.
    parameterGroupName: { ...settingRules.parameterGroupName, togetherWith: 'clusterIdentifier' },
    clusterIdentifier: { severity: 'availability', immutable: true },
    promotionTier: { severity: 'availability' },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'identifier',
  // A cluster that is retained goes on serving.
  subjectField: 'clusterIdentifier',
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listClusterInstances,

  async create(aws, spec, creation) {
    const started = startCreation(aws, spec, creation.tags);
    await createOnce(aws, 'db', spec.identifier, creation, started);
    return { id: spec.identifier };
  },

  update: writeClusterInstance,
  delete: deleteClusterInstance,
  interruptionOf: interruptionOfMember,

  async setTags(aws, { outputs, tags: actual = {} }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};

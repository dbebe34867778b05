import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { sameUnordered } from '../same.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from './limits.ts';
import { createService } from './service-creation.ts';
import { deleteService } from './service-deletion.ts';
import { interruptionOf } from './service-interruption.ts';
import { listServices } from './service-list.ts';
import type { ServiceOutputs, ServiceSpec } from './service-spec.ts';
import { updateService } from './service-update.ts';
import { changeTags } from './tags.ts';

/** Tasks of one definition that are kept running, behind a load balancer or without. */
export const Service: ResourceType<ServiceSpec, ServiceOutputs, Aws> = {
  name: 'ecs/service',
  fields: {
    name: { severity: 'availability', immutable: true },
    clusterArn: { severity: 'availability', immutable: true },
    taskDefinitionArn: { severity: 'security' },
    // What is between the two is autoscaling's.
    desiredCount: { severity: 'availability', equals: (wanted, actual) => actual >= wanted },
    maxDesiredCount: { severity: 'cost', equals: (wanted, actual) => actual <= wanted },
    capacityProviderStrategy: { severity: 'cost' },
    platformVersion: { severity: 'security' },
    subnetIds: { severity: 'security', equals: sameUnordered },
    securityGroupIds: { severity: 'security', equals: sameUnordered },
    assignPublicIp: { severity: 'security' },
    // AWS takes no port that no container of the task definition has.
    loadBalancers: { severity: 'availability', equals: sameUnordered, togetherWith: 'taskDefinitionArn' },
    healthCheckGracePeriodSeconds: { severity: 'availability', togetherWith: 'loadBalancers' },
    deployment: { severity: 'availability' },
    enableExecuteCommand: { severity: 'security' },
    propagateTags: { severity: 'cost' },
    enableManagedTags: { severity: 'cost' },
    availabilityZoneRebalancing: { severity: 'availability' },
    // Nobody changed it: the deployment came to this by itself.
    failedDeployment: { severity: 'availability', isExpected: () => true },
  },
  absence: 'availability',
  holdsData: false,
  uniqueBy: 'name',
  changeableWhilePending: true,
  ownersPerList: OWNERS_PER_LIST,
  settleTime: SETTLE_TIME,

  list: listServices,

  async create(aws, spec, creation) {
    // It takes minutes until its tasks run.
    return { id: await createService(aws, spec, creation) };
  },

  update: updateService,
  interruptionOf,
  delete: deleteService,

  async setTags(aws, { id, tags = {} }, wanted) {
    await changeTags(aws, id, wanted, tags);
  },
};

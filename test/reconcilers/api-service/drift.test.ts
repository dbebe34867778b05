import { testDrift } from '../drift-suite.ts';
import { oneObject } from '../drifting-object.ts';
import { scalingDrift } from '../ledger-database/scaling-drift.ts';
import { driftingService } from './drifting-service.ts';
import { listenerDrift } from './listener-drift.ts';
import { loadBalancerDrift } from './load-balancer-drift.ts';
import { logBucketDrift } from './log-bucket-drift.ts';
import { alarmDrift, dashboardDrift, logGroupDrift } from './monitoring-drift.ts';
import { named } from './names-in-aws.ts';
import { repositoryDrift } from './repository-drift.ts';
import { roleDrift } from './role-drift.ts';
import { secretDrift } from './secret-drift.ts';
import { serviceDrift } from './service-drift.ts';
import { targetGroupDrift } from './target-group-drift.ts';
import { clusterDrift, taskDrift } from './task-drift.ts';
import { webAclDrift } from './web-acl-drift.ts';

const tasksDrift = scalingDrift({
  node: 'scaling',
  target: {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${named('cluster')}/${named('service')}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  },
  min: 3,
  max: 10,
  policy: { name: 'cpu', metric: 'ECSServiceAverageCPUUtilization', scaleInCooldown: 300 },
});

const object = oneObject(driftingService({}));

testDrift(object, [
  ...roleDrift,
  ...secretDrift,
  ...repositoryDrift,
  ...clusterDrift,
  ...taskDrift,
  ...serviceDrift,
  ...tasksDrift,
  // After those of the service, which ECS leaves as it is while requests go elsewhere.
  ...listenerDrift,
  ...targetGroupDrift,
  ...webAclDrift,
  ...loadBalancerDrift,
  // After those of the load balancer, which may not be told to write into a bucket that does not let it.
  ...logBucketDrift,
  ...alarmDrift,
  ...dashboardDrift,
  ...logGroupDrift,
]);

import { scalingDrift } from '../ledger-database/scaling-drift.ts';
import { named } from './drift-rows.ts';
import { testDrift } from './drift-suite.ts';
import { serviceDrift } from './service-drift.ts';

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

testDrift({}, [...serviceDrift, ...tasksDrift]);

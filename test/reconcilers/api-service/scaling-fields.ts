import type { JsonObject } from '../../../controller/manifests/json.ts';
import { partOf } from '../contract-manifest.ts';
import type { Changed, FieldCases } from '../field-cases.ts';
import { alarmsBy, shown } from './shown.ts';
import { spec } from './spec.ts';

const { dashboard, scaling, service } = shown;
const policy = `${scaling}.Policies.0.TargetTrackingScalingPolicyConfiguration`;
const strategy = `${service}.capacityProviderStrategy`;

function scaledBy(changes: JsonObject, shows: readonly string[]): Changed {
  const change = { autoscaling: { ...partOf(spec, 'autoscaling'), ...changes } };
  return { change, writes: ['PutScalingPolicy scaling'], changes: shows };
}

/** One call, which starts a deployment of the same revision where that is needed. */
function updating(change: JsonObject, shows: readonly string[]): Changed {
  return { change, writes: ['UpdateService service'], changes: shows };
}

function runningOn(
  fargate: JsonObject | undefined,
  spot: JsonObject | undefined,
  shows: readonly string[],
): Changed {
  const both = { ...(fargate && { FARGATE: fargate }), ...(spot && { FARGATE_SPOT: spot }) };
  return updating({ capacityProviders: both }, shows);
}

function deployingWith(changes: JsonObject, shows: readonly string[]): Changed {
  const change = { deployment: { ...partOf(spec, 'deployment'), ...changes } };
  return updating(
    change,
    shows.map((text) => `${service}.${text}`),
  );
}

/** How many tasks run, on what, and how others take their place. */
export const scalingFields: FieldCases = {
  changed: {
    'replicas.min': {
      change: { replicas: { min: 4, max: 10 } },
      writes: [
        'UpdateService service',
        'RegisterScalableTarget scaling',
        ...alarmsBy('PutMetricAlarm', ['healthy-hosts', 'running-tasks']),
      ],
      changes: [
        `${scaling}.MinCapacity: 3 → 4`,
        `${service}.desiredCount: 3 → 4`,
        `${service}.runningCount: 3 → 4`,
        ...['healthy-hosts', 'running-tasks'].flatMap((name) => [
          `${shown.alarm(name)}.AlarmDescription: *`,
          `${shown.alarm(name)}.Threshold: 3 → 4`,
        ]),
      ],
      // What is between the bounds is autoscaling's.
      leaves: [`${service}.desiredCount: 3 → 4`, `${service}.runningCount: 3 → 4`],
    },
    'replicas.max': {
      change: { replicas: { min: 3, max: 12 } },
      writes: ['RegisterScalableTarget scaling'],
      changes: [`${scaling}.MaxCapacity: 10 → 12`],
    },
    'replicas, a fixed number': {
      change: { replicas: { min: 3, max: 3 } },
      writes: ['DeregisterScalableTarget scaling'],
      changes: ['scalableTargets: * → nothing'],
      alone: true,
    },
    'replicas, none': {
      change: { replicas: { min: 0, max: 0 } },
      writes: [
        'UpdateService service',
        'DeregisterScalableTarget scaling',
        ...alarmsBy('DeleteAlarms', ['healthy-hosts', 'running-tasks']),
        'PutDashboard dashboard',
      ],
      changes: [
        'scalableTargets: * → nothing',
        `${service}.desiredCount: 3 → 0`,
        `${service}.runningCount: 3 → 0`,
        `${shown.alarm('healthy-hosts')}: * → nothing`,
        `${shown.alarm('running-tasks')}: * → nothing`,
        `${dashboard}.1.properties.alarms: * → *`,
      ],
      alone: true,
    },
    'autoscaling.targetCpuPercent': scaledBy({ targetCpuPercent: 60 }, [`${policy}.TargetValue: 70 → 60`]),
    'autoscaling.targetMemoryPercent': scaledBy({ targetMemoryPercent: 60 }, [
      `${scaling}.Policies: * → *ECSServiceAverageMemoryUtilization*`,
    ]),
    'autoscaling.targetMemoryPercent, in the place of the other': {
      ...scaledBy({ targetCpuPercent: undefined, targetMemoryPercent: 60 }, [
        `${scaling}.Policies.0.PolicyName: "cpu" → "memory"`,
        `${policy}.PredefinedMetricSpecification.PredefinedMetricType: * → "ECSServiceAverageMemoryUtilization"`,
        `${policy}.TargetValue: 70 → 60`,
      ]),
      // There is no moment without one.
      writes: ['PutScalingPolicy scaling', 'DeleteScalingPolicy scaling'],
      alone: true,
    },
    'autoscaling.targetRequestsPerMinute': scaledBy({ targetRequestsPerMinute: 600 }, [
      `${scaling}.Policies: * → *ALBRequestCountPerTarget","ResourceLabel":"app/production-fintech-api-public/targetgroup/production-fintech-api-public"*`,
    ]),
    'autoscaling.scaleInCooldown': scaledBy({ scaleInCooldown: '200s' }, [
      `${policy}.ScaleInCooldown: 300 → 200`,
    ]),
    'autoscaling.scaleOutCooldown': scaledBy({ scaleOutCooldown: '30s' }, [
      `${policy}.ScaleOutCooldown: 60 → 30`,
    ]),
    'capacityProviders.FARGATE.base': runningOn({ base: 2, weight: 1 }, { weight: 2 }, [
      `${strategy}.1.base: 1 → 2`,
    ]),
    'capacityProviders.FARGATE.weight': runningOn({ base: 1, weight: 3 }, { weight: 2 }, [
      `${strategy}.1.weight: 1 → 3`,
    ]),
    'capacityProviders.FARGATE_SPOT.weight': runningOn({ base: 1, weight: 1 }, { weight: 4 }, [
      `${strategy}.0.weight: 2 → 4`,
    ]),
    // AWS lists the one with the base last.
    'capacityProviders.FARGATE_SPOT.base': {
      ...runningOn({ weight: 1 }, { base: 1, weight: 2 }, [
        `${strategy}.0.capacityProvider: "FARGATE_SPOT" → "FARGATE"`,
        `${strategy}.0.weight: 2 → 1`,
        `${strategy}.1.capacityProvider: "FARGATE" → "FARGATE_SPOT"`,
        `${strategy}.1.weight: 1 → 2`,
      ]),
      alone: true,
    },
    'deployment.minimumHealthyPercent': deployingWith({ minimumHealthyPercent: 50 }, [
      'deploymentConfiguration.minimumHealthyPercent: 100 → 50',
    ]),
    'deployment.maximumPercent': deployingWith({ maximumPercent: 150 }, [
      'deploymentConfiguration.maximumPercent: 200 → 150',
    ]),
    'deployment.maximumPercent, without room for another task': {
      ...deployingWith({ minimumHealthyPercent: 50, maximumPercent: 100 }, [
        'availabilityZoneRebalancing: "ENABLED" → "DISABLED"',
        'deploymentConfiguration.maximumPercent: 200 → 100',
        'deploymentConfiguration.minimumHealthyPercent: 100 → 50',
      ]),
      alone: true,
    },
    'deployment.circuitBreaker': deployingWith({ circuitBreaker: false }, [
      'deploymentConfiguration.deploymentCircuitBreaker.enable: true → false',
      'deploymentConfiguration.deploymentCircuitBreaker.rollback: true → false',
    ]),
  },
};

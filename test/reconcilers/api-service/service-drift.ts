import {
  DeleteServiceCommand,
  RegisterTaskDefinitionCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { Clients } from '../../clients.ts';
import { missing, type DriftRow } from '../drift-row.ts';
import { arnOf, named, securityGroup, subnets } from './names-in-aws.ts';

const cluster = named('cluster');
const service = named('service');
const node = 'ecs/service service';
const state = `services.${cluster}/${service}`;
const anySubnet = '"subnet-*","subnet-*"';

/** The service itself. */
export const serviceDrift: readonly DriftRow[] = [
  serviceRow('starts too few tasks', { desiredCount: 1 }, ['desiredCount is 1, should be 3 (availability)']),
  {
    ...serviceRow('starts too many tasks', { desiredCount: 20 }, [
      'maxDesiredCount is 20, should be 10 (cost)',
    ]),
    // Which of them are too many, autoscaling finds out.
    leaves: [`${state}.desiredCount: 3 → 10`, `${state}.runningCount: 3 → 10`],
    batch: 1,
  },
  {
    ...serviceRow('stops all tasks', { desiredCount: 0 }, ['desiredCount is 0, should be 3 (availability)']),
    batch: 2,
  },
  {
    what: 'lets the load balancer’s group through to the tasks',
    change: async (clients) =>
      move(clients, {
        securityGroups: [
          await securityGroup(clients, 'sg-app'),
          await securityGroup(clients, 'sg-load-balancer'),
        ],
      }),
    says: [`${node}: securityGroupIds is ["sg-*","sg-*"], should be ["sg-*"] (security)`],
  },
  {
    what: 'moves the tasks to the public subnets, with addresses of their own',
    change: async (clients) =>
      move(clients, { subnets: await subnets(clients, 'public'), assignPublicIp: 'ENABLED' }),
    says: [
      `${node}: subnetIds is [${anySubnet}], should be [${anySubnet}] (security)`,
      `${node}: assignPublicIp is true, should be false (security)`,
    ],
    batch: 1,
  },
  {
    what: 'leaves the tasks one zone',
    change: async (clients) => move(clients, { subnets: (await subnets(clients, 'app')).slice(1) }),
    says: [`${node}: subnetIds is ["subnet-*"], should be [${anySubnet}] (security)`],
    batch: 2,
  },
  serviceRow(
    'has all tasks run where they are cheap',
    { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }], forceNewDeployment: true },
    [
      'capacityProviderStrategy.FARGATE is absent, should be {*} (cost)',
      'capacityProviderStrategy.FARGATE_SPOT.weight is 1, should be 2 (cost)',
    ],
  ),
  serviceRow(
    'switches the circuit breaker off, and lets all tasks stop at once',
    {
      deploymentConfiguration: {
        minimumHealthyPercent: 0,
        maximumPercent: 150,
        deploymentCircuitBreaker: { enable: false, rollback: false },
      },
    },
    [
      'deployment.minimumHealthyPercent is 0, should be 100 (availability)',
      'deployment.maximumPercent is 150, should be 200 (availability)',
      'deployment.circuitBreaker is false, should be true (availability)',
      'deployment.rollback is false, should be true (availability)',
    ],
  ),
  serviceRow('leaves new tasks no time', { healthCheckGracePeriodSeconds: 0 }, [
    'healthCheckGracePeriodSeconds is 0, should be 60 (availability)',
  ]),
  serviceRow('lets people into the containers', { enableExecuteCommand: true, forceNewDeployment: true }, [
    'enableExecuteCommand is true, should be false (security)',
  ]),
  serviceRow(
    'leaves tasks without tags',
    { propagateTags: 'NONE', enableECSManagedTags: false, forceNewDeployment: true },
    ['propagateTags is NONE, should be SERVICE (cost)', 'enableManagedTags is false, should be true (cost)'],
  ),
  serviceRow('stops balancing zones', { availabilityZoneRebalancing: 'DISABLED' }, [
    'availabilityZoneRebalancing is DISABLED, should be ENABLED (availability)',
  ]),
  serviceRow('keeps an old version of Fargate', { platformVersion: '1.3.0' }, [
    'platformVersion is 1.3.0, should be LATEST (security)',
  ]),
  {
    ...serviceRow(
      'takes the tasks from the load balancer',
      { loadBalancers: [], healthCheckGracePeriodSeconds: 0 },
      [
        'loadBalancers is [], should be [{"targetGroupArn":"arn:*","containerName":"app",* (availability)',
        'healthCheckGracePeriodSeconds is 0, should be 60 (availability)',
      ],
    ),
    batch: 2,
  },
  {
    what: 'runs a task definition of theirs',
    change: async (clients) => {
      await clients.ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'theirs',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: '512',
          memory: '1024',
          containerDefinitions: [
            { name: 'app', image: 'example.com/miner:1', portMappings: [{ containerPort: 8080 }] },
          ],
        }),
      );
      return update(clients, { taskDefinition: 'theirs' });
    },
    says: [`${node}: taskDefinitionArn is *theirs:1, should be *production-fintech-api-task:* (security)`],
    leaves: ['taskDefinitions.theirs: nothing → *'],
    batch: 6,
  },
  {
    what: 'takes a tag from the service',
    change: ({ ecs }) => {
      const resourceArn = arnOf('ecs', `service/${cluster}/${service}`);
      return ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['Environment'] }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
  {
    what: 'deletes the service',
    change: ({ ecs }) => ecs.send(new DeleteServiceCommand({ cluster, service, force: true })),
    says: [`${node} ${missing} (availability)`],
    batch: 4,
  },
];

function serviceRow(
  what: string,
  change: Partial<UpdateServiceCommandInput>,
  texts: readonly string[],
): DriftRow {
  return {
    what,
    change: (clients) => update(clients, change),
    says: texts.map((text) => `${node}: ${text}`),
  };
}

async function update({ ecs }: Clients, change: Partial<UpdateServiceCommandInput>): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster, service, ...change }));
}

type Place = {
  readonly subnets?: string[];
  readonly securityGroups?: string[];
  readonly assignPublicIp?: 'ENABLED';
};

/** What is not given is as it was. */
async function move(clients: Clients, place: Place): Promise<void> {
  const awsvpcConfiguration = {
    subnets: await subnets(clients, 'app'),
    securityGroups: [await securityGroup(clients, 'sg-app')],
    assignPublicIp: 'DISABLED' as const,
    ...place,
  };
  await update(clients, { networkConfiguration: { awsvpcConfiguration } });
}

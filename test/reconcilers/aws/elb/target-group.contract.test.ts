import { ModifyTargetGroupCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  TargetGroupOutputs,
  TargetGroupSpec,
} from '../../../../reconcilers/aws/elb/target-group-spec.ts';
import { TargetGroup } from '../../../../reconcilers/aws/elb/target-group.ts';
import { makeLoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { changeTargetGroup, removeAllTags, sampleTargetGroup } from './elb-samples.ts';

describeResourceType(TargetGroup, async (aws): Promise<Fixture<TargetGroupSpec, TargetGroupOutputs>> => {
  const { vpcId } = await makeLoadBalancerPlaces(aws.ec2, 'eu-west-1');
  const attribute = (key: string, value: string) => (current: { readonly id: string }) =>
    changeTargetGroup(aws, current.id, key, value);
  return {
    spec: (number) => sampleTargetGroup(`contract-${number}`, vpcId),
    removeTags: ({ id }) => removeAllTags(aws, id),
    fields: {
      name: 'immutable',
      protocol: 'immutable',
      port: 'immutable',
      vpcId: 'immutable',
      targetType: 'immutable',
      healthCheck: {
        another: {
          protocol: 'HTTPS',
          port: '9090',
          path: '/ready',
          intervalSeconds: 10,
          timeoutSeconds: 3,
          healthyThreshold: 5,
          unhealthyThreshold: 10,
          successCodes: '200-299',
        },
        changeFromOutside: ({ id }) =>
          aws.elb.send(new ModifyTargetGroupCommand({ TargetGroupArn: id, HealthCheckPath: '/' })),
      },
      deregistrationDelaySeconds: {
        another: 3600,
        changeFromOutside: attribute('deregistration_delay.timeout_seconds', '0'),
      },
      stickiness: { another: true, changeFromOutside: attribute('stickiness.enabled', 'true') },
      algorithm: {
        another: 'least_outstanding_requests',
        changeFromOutside: attribute('load_balancing.algorithm.type', 'weighted_random'),
      },
      slowStartSeconds: { another: 60, changeFromOutside: attribute('slow_start.duration_seconds', '30') },
    },
  };
});

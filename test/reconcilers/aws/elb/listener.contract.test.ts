import { ModifyListenerCommand, type ModifyListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  modernSslPolicy,
  redirectToHttps,
  type ListenerOutputs,
  type ListenerSpec,
} from '../../../../reconcilers/aws/elb/listener-spec.ts';
import { Listener } from '../../../../reconcilers/aws/elb/listener.ts';
import { LoadBalancer } from '../../../../reconcilers/aws/elb/load-balancer.ts';
import { TargetGroup } from '../../../../reconcilers/aws/elb/target-group.ts';
import { makeLoadBalancerPlaces } from '../../../emulator/elb-places.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import {
  certificate,
  creationOf,
  otherCertificate,
  removeAllTags,
  sampleListener,
  sampleLoadBalancer,
  sampleTargetGroup,
} from './elb-samples.ts';

describeResourceType(
  Listener,
  async (aws): Promise<Fixture<ListenerSpec, ListenerOutputs>> => {
    const places = await makeLoadBalancerPlaces(aws.ec2, 'eu-west-1');
    const change = (id: string, changes: Partial<ModifyListenerInput>) =>
      aws.elb.send(new ModifyListenerCommand({ ListenerArn: id, ...changes }));
    return {
      /** Of a load balancer and a target group of the same owner. */
      async spec(number) {
        const owner = `Sample/test/object-${number}`;
        const balancer = sampleLoadBalancer(`contract-${number}`, places);
        const group = sampleTargetGroup(`contract-${number}`, places.vpcId);
        const { id } = await LoadBalancer.create(aws, balancer, creationOf(owner, 'load-balancer'));
        const target = await TargetGroup.create(aws, group, creationOf(owner, 'target-group'));
        return sampleListener(id, target.id, {
          port: 443,
          protocol: 'HTTPS',
          certificateArn: certificate,
          sslPolicy: modernSslPolicy,
        });
      },
      removeTags: ({ id }) => removeAllTags(aws, id),
      fields: {
        loadBalancerArn: 'immutable',
        port: 'immutable',
        protocol: 'own tests',
        certificateArn: {
          another: otherCertificate,
          changeFromOutside: ({ id }) => change(id, { Certificates: [{ CertificateArn: otherCertificate }] }),
        },
        sslPolicy: {
          another: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
          changeFromOutside: ({ id }) => change(id, { SslPolicy: 'ELBSecurityPolicy-2016-08' }),
        },
        action: {
          another: redirectToHttps,
          changeFromOutside: ({ id }) =>
            change(id, {
              DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } }],
            }),
        },
      },
    };
  },
  ['protocol'],
);

import { DeleteNetworkAclEntryCommand } from '@aws-sdk/client-ec2';
import type {
  NetworkAclOutputs,
  NetworkAclSpec,
} from '../../../../reconcilers/aws/ec2/network-acl/network-acl-spec.ts';
import { NetworkAcl } from '../../../../reconcilers/aws/ec2/network-acl/network-acl.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(NetworkAcl, async (aws): Promise<Fixture<NetworkAclSpec, NetworkAclOutputs>> => {
  const vpcId = await makeVpc(aws);
  return {
    spec: () => ({
      vpcId,
      entries: {
        'ingress 100': 'allow tcp 443 from 0.0.0.0/0',
        'ingress 110': 'allow icmp 8/0 from 10.0.0.0/8',
        'egress 100': 'allow tcp 1024-65535 to 0.0.0.0/0',
      },
    }),
    removeTags: removeTagsOf(aws),

    fields: {
      vpcId: 'immutable',
      entries: {
        another: {
          'ingress 100': 'deny udp 53 from 10.0.0.0/16',
          'ingress 120': 'allow protocol 50 from 2001:db8::/32',
          'egress 110': 'allow all to 10.0.0.0/8',
        },
        changeFromOutside: ({ id: NetworkAclId }) =>
          aws.ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 110, Egress: false })),
      },
    },
  };
});

import { AuthorizeSecurityGroupIngressCommand, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import type {
  SecurityGroupOutputs,
  SecurityGroupSpec,
} from '../../../../reconcilers/aws/ec2/security-group/security-group-spec.ts';
import { SecurityGroup } from '../../../../reconcilers/aws/ec2/security-group/security-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(
  SecurityGroup,
  async (aws): Promise<Fixture<SecurityGroupSpec, SecurityGroupOutputs>> => {
    const vpcId = await makeVpc(aws);
    return {
      spec: (number) => ({
        vpcId,
        groupName: `contract-${number}`,
        description: 'A sample',
        ingress: {
          'tcp 443 from 10.0.0.0/16': 'of the VPC',
          [`tcp 8080 from contract-${number}`]: 'among each other',
        },
        egress: { 'all to 0.0.0.0/0': '' },
      }),
      removeTags: removeTagsOf(aws),

      fields: {
        vpcId: 'immutable',
        groupName: 'immutable',
        description: 'immutable',
        ingress: {
          another: {
            'tcp 443 from 10.0.0.0/16': 'another description',
            'udp 1024-65535 from 2001:db8::/32': 'over IPv6',
            'icmp 8/0 from 10.0.0.0/8': '',
            'protocol 50 from 10.0.0.0/8': 'IPsec',
          },
          changeFromOutside: ({ id: GroupId }) =>
            aws.ec2.send(
              new AuthorizeSecurityGroupIngressCommand({
                GroupId,
                IpPermissions: [
                  { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
                ],
              }),
            ),
        },
        egress: {
          another: { 'all to 0.0.0.0/0': 'anywhere', 'tcp 443 to ::/0': '' },
          changeFromOutside: ({ id: GroupId }) =>
            aws.ec2.send(
              new RevokeSecurityGroupEgressCommand({
                GroupId,
                IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
              }),
            ),
        },
      },
    };
  },
);

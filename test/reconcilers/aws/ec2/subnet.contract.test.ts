import {
  DescribeNetworkAclsCommand,
  ModifySubnetAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2';
import type { SubnetOutputs, SubnetSpec } from '../../../../reconcilers/aws/ec2/subnet/subnet-spec.ts';
import { Subnet } from '../../../../reconcilers/aws/ec2/subnet/subnet.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeNetworkAcl, makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(Subnet, async (aws): Promise<Fixture<SubnetSpec, SubnetOutputs>> => {
  const { ec2 } = aws;
  const vpcId = await makeVpc(aws);
  const [another, third] = [await makeNetworkAcl(aws, vpcId), await makeNetworkAcl(aws, vpcId)];

  return {
    spec: (number) => ({
      vpcId,
      availabilityZone: 'eu-west-1b',
      cidrBlock: `10.0.${number}.0/24`,
      mapPublicIpOnLaunch: false,
      networkAclId: 'default',
    }),
    removeTags: removeTagsOf(aws),

    fields: {
      vpcId: 'immutable',
      availabilityZone: 'immutable',
      cidrBlock: 'immutable',
      mapPublicIpOnLaunch: {
        another: true,
        changeFromOutside: ({ id: SubnetId }) =>
          ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value: true } })),
      },
      networkAclId: {
        another,
        async changeFromOutside({ id }) {
          const Filters = [{ Name: 'association.subnet-id', Values: [id] }];
          const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
          const association = NetworkAcls?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === id);
          await ec2.send(
            new ReplaceNetworkAclAssociationCommand({
              AssociationId: association?.NetworkAclAssociationId,
              NetworkAclId: third,
            }),
          );
        },
      },
    },
  };
});

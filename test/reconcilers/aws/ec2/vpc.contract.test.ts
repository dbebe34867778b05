import { ModifyVpcAttributeCommand } from '@aws-sdk/client-ec2';
import type { VpcOutputs, VpcSpec } from '../../../../reconcilers/aws/ec2/vpc/vpc-spec.ts';
import { Vpc } from '../../../../reconcilers/aws/ec2/vpc/vpc.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeTagsOf } from './network-samples.ts';

describeResourceType(Vpc, async (aws): Promise<Fixture<VpcSpec, VpcOutputs>> => ({
  spec: (number) => ({
    cidrBlock: `10.${number}.0.0/16`,
    tenancy: 'default',
    dnsSupport: true,
    dnsHostnames: true,
  }),
  removeTags: removeTagsOf(aws),

  fields: {
    cidrBlock: 'immutable',
    tenancy: 'immutable',
    dnsSupport: {
      given: { dnsHostnames: false },
      another: false,
      changeFromOutside: ({ id: VpcId }) =>
        aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: false } })),
    },
    dnsHostnames: {
      another: false,
      changeFromOutside: ({ id: VpcId }) =>
        aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: false } })),
    },
  },
}));

import type { NatGatewayOutputs, NatGatewaySpec } from '../../../../reconcilers/aws/ec2/nat-gateway-spec.ts';
import { NatGateway } from '../../../../reconcilers/aws/ec2/nat-gateway.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { sampleNatGateway } from './gateway-samples.ts';
import { removeTagsOf } from './network-samples.ts';

describeResourceType(NatGateway, async (aws): Promise<Fixture<NatGatewaySpec, NatGatewayOutputs>> => ({
  spec: () => sampleNatGateway(aws),
  pending: true,
  removeTags: removeTagsOf(aws),
  fields: { subnetId: 'immutable', allocationId: 'immutable' },
}));

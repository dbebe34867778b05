import { DetachInternetGatewayCommand } from '@aws-sdk/client-ec2';
import type {
  InternetGatewayOutputs,
  InternetGatewaySpec,
} from '../../../../reconcilers/aws/ec2/internet-gateway-spec.ts';
import { InternetGateway } from '../../../../reconcilers/aws/ec2/internet-gateway.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeVpc, removeTagsOf } from './network-samples.ts';

describeResourceType(
  InternetGateway,
  async (aws): Promise<Fixture<InternetGatewaySpec, InternetGatewayOutputs>> => ({
    // A VPC takes one gateway only.
    spec: async () => ({ vpcId: await makeVpc(aws) }),
    removeTags: removeTagsOf(aws),

    fields: {
      vpcId: {
        another: undefined,
        changeFromOutside: ({ id: InternetGatewayId, spec: { vpcId: VpcId } }) =>
          aws.ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId })),
      },
    },
  }),
);

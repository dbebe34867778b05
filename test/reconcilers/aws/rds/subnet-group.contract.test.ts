import { ModifyDBSubnetGroupCommand } from '@aws-sdk/client-rds';
import type {
  SubnetGroupOutputs,
  SubnetGroupSpec,
} from '../../../../reconcilers/aws/rds/subnet-group-spec.ts';
import { SubnetGroup } from '../../../../reconcilers/aws/rds/subnet-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeSubnets, removeTags } from './rds-samples.ts';

describeResourceType(SubnetGroup, async (aws): Promise<Fixture<SubnetGroupSpec, SubnetGroupOutputs>> => {
  const { vpcId, subnetIds } = await makeSubnets(aws);
  const two = subnetIds.slice(0, 2);
  return {
    spec: (number) => ({ name: `contract-${number}`, description: 'data subnets', vpcId, subnetIds }),
    removeTags: ({ outputs }) => removeTags(aws, outputs.arn),
    fields: {
      name: 'immutable',
      vpcId: 'immutable',
      description: {
        another: 'other subnets',
        changeFromOutside: ({ id: DBSubnetGroupName }) =>
          aws.rds.send(
            new ModifyDBSubnetGroupCommand({
              DBSubnetGroupName,
              DBSubnetGroupDescription: 'changed',
              SubnetIds: [...subnetIds],
            }),
          ),
      },
      subnetIds: {
        another: two,
        changeFromOutside: ({ id: DBSubnetGroupName }) =>
          aws.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds: [...two] })),
      },
    },
  };
});

import { ModifyCacheSubnetGroupCommand } from '@aws-sdk/client-elasticache';
import type {
  SubnetGroupOutputs,
  SubnetGroupSpec,
} from '../../../../reconcilers/aws/elasticache/subnet-group-spec.ts';
import { SubnetGroup } from '../../../../reconcilers/aws/elasticache/subnet-group.ts';
import { makePlaces } from '../../../emulator/elasticache-places.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeAllTags } from './cache-samples.ts';

describeResourceType(SubnetGroup, async (aws): Promise<Fixture<SubnetGroupSpec, SubnetGroupOutputs>> => {
  const { vpcId, subnetIds } = await makePlaces(aws.ec2, 'eu-west-1');
  const change = (CacheSubnetGroupName: string, changes: object) =>
    aws.elasticache.send(new ModifyCacheSubnetGroupCommand({ CacheSubnetGroupName, ...changes }));
  return {
    spec: (number) => ({
      name: `contract-${number}`,
      description: 'Sample',
      vpcId,
      subnetIds: subnetIds.toReversed(),
    }),
    removeTags: ({ outputs }) => removeAllTags(aws, outputs.arn),
    fields: {
      name: 'immutable',
      vpcId: 'immutable',
      description: {
        another: 'Something else',
        changeFromOutside: ({ id }) => change(id, { CacheSubnetGroupDescription: 'changed' }),
      },
      subnetIds: {
        another: [subnetIds[0]],
        changeFromOutside: ({ id }) => change(id, { SubnetIds: [subnetIds[1]] }),
      },
    },
  };
});

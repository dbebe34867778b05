import { ResetCacheParameterGroupCommand } from '@aws-sdk/client-elasticache';
import type {
  ParameterGroupOutputs,
  ParameterGroupSpec,
} from '../../../../reconcilers/aws/elasticache/parameter-group-spec.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/elasticache/parameter-group.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeAllTags, sampleParameterGroup } from './cache-samples.ts';

describeResourceType(
  ParameterGroup,
  async (aws): Promise<Fixture<ParameterGroupSpec, ParameterGroupOutputs>> => ({
    spec: (number) => sampleParameterGroup(`contract-${number}`),
    removeTags: ({ outputs }) => removeAllTags(aws, outputs.arn),
    fields: {
      name: 'immutable',
      family: 'immutable',
      description: 'immutable',
      parameters: {
        another: { 'maxmemory-policy': 'noeviction', timeout: '300' },
        changeFromOutside: ({ id: CacheParameterGroupName }) =>
          aws.elasticache.send(
            new ResetCacheParameterGroupCommand({ CacheParameterGroupName, ResetAllParameters: true }),
          ),
      },
    },
  }),
);

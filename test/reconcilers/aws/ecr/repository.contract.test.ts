import {
  DeleteLifecyclePolicyCommand,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  SetRepositoryPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import { keepImages } from '../../../../reconcilers/aws/ecr/lifecycle-policy.ts';
import type { RepositoryOutputs, RepositorySpec } from '../../../../reconcilers/aws/ecr/repository-spec.ts';
import { Repository } from '../../../../reconcilers/aws/ecr/repository.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { pullPolicy, sampleRepository } from './repository-samples.ts';

describeResourceType(Repository, async (aws): Promise<Fixture<RepositorySpec, RepositoryOutputs>> => ({
  spec: (number) => sampleRepository(`test/contract-${number}`),
  turns: 2,

  async removeTags({ outputs }) {
    const resourceArn = outputs.arn;
    const { tags = [] } = await aws.ecr.send(new ListTagsForResourceCommand({ resourceArn }));
    const tagKeys = tags.map(({ Key = '' }) => Key);
    await aws.ecr.send(new UntagResourceCommand({ resourceArn, tagKeys }));
  },

  fields: {
    name: 'immutable',
    encryption: 'immutable',
    scanOnPush: {
      another: false,
      changeFromOutside: ({ id: repositoryName }) =>
        aws.ecr.send(
          new PutImageScanningConfigurationCommand({
            repositoryName,
            imageScanningConfiguration: { scanOnPush: false },
          }),
        ),
    },
    tagMutability: {
      another: 'MUTABLE',
      changeFromOutside: ({ id: repositoryName }) =>
        aws.ecr.send(
          new PutImageTagMutabilityCommand({
            repositoryName,
            imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
            imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
          }),
        ),
    },
    lifecycle: {
      another: keepImages(20, 1),
      changeFromOutside: ({ id: repositoryName }) =>
        aws.ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName })),
    },
    policy: {
      another: pullPolicy('210987654321'),
      changeFromOutside: ({ id: repositoryName }) =>
        aws.ecr.send(
          new SetRepositoryPolicyCommand({
            repositoryName,
            policyText: JSON.stringify(pullPolicy('210987654321', '444455556666')),
          }),
        ),
    },
    emptyOnDeletion: {
      another: true,
      changeFromOutside: ({ outputs }) =>
        aws.ecr.send(
          new TagResourceCommand({
            resourceArn: outputs.arn,
            tags: [{ Key: 'fintech.global/empty-on-deletion', Value: 'true' }],
          }),
        ),
    },
  },
}));

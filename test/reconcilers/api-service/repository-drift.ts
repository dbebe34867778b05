import {
  DeleteLifecyclePolicyCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import type { DriftRow } from '../drift-row.ts';
import { arnOf, policyOf } from './names-in-aws.ts';

const repositoryName = 'fintech-api';
const node = 'ecr/repository repository';

/** Of the images; policy and lifecycle are read in turns. */
export const repositoryDrift: readonly DriftRow[] = [
  {
    what: 'lets tags be moved to other images',
    change: ({ ecr }) =>
      ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'MUTABLE' })),
    says: [`${node}: tagMutability is MUTABLE, should be IMMUTABLE (security)`],
  },
  {
    what: 'has images not looked at',
    change: ({ ecr }) => {
      const imageScanningConfiguration = { scanOnPush: false };
      return ecr.send(
        new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }),
      );
    },
    says: [`${node}: scanOnPush is false, should be true (security)`],
  },
  {
    what: 'keeps all images',
    change: ({ ecr }) => ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName })),
    says: [`${node}: lifecycle is absent, should be {"rules":[* (cost)`],
    looks: 2,
  },
  {
    what: 'keeps one image',
    change: ({ ecr }) => {
      const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 };
      const rules = [{ rulePriority: 1, selection, action: { type: 'expire' } }];
      const lifecyclePolicyText = JSON.stringify({ rules });
      return ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    },
    says: [`${node}: lifecycle.rules is [*"countNumber":1*], should be [* (cost)`],
    looks: 2,
    batch: 1,
  },
  {
    what: 'lets another account pull images',
    change: ({ ecr }) => {
      const policyText = policyOf({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      });
      return ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
    },
    says: [`${node}: policy is {*999999999999:root*, should be absent (security)`],
    looks: 2,
  },
  {
    what: 'takes a tag from the repository',
    change: ({ ecr }) => {
      const resourceArn = arnOf('ecr', `repository/${repositoryName}`);
      return ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['Environment'] }));
    },
    says: [`${node}: tags.Environment is absent, should be Production (cost)`],
  },
];

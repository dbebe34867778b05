import {
  DeleteAliasCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { Key } from '../../../../reconcilers/aws/kms/key.ts';
import type { KeyOutputs, KeySpec } from '../../../../reconcilers/aws/kms/key-spec.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { accountMayAll, sampleKey } from './key-samples.ts';

describeResourceType(Key, async ({ kms }): Promise<Fixture<KeySpec, KeyOutputs>> => ({
  spec: (number) => sampleKey(`contract-${number}`),

  async removeTags({ id: KeyId }) {
    const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    await kms.send(new UntagResourceCommand({ KeyId, TagKeys: Tags.map(({ TagKey = '' }) => TagKey) }));
  },

  fields: {
    keySpec: 'immutable',
    keyUsage: 'immutable',
    multiRegion: 'immutable',
    alias: {
      another: 'alias/contract-another',
      changeFromOutside: ({ spec }) => kms.send(new DeleteAliasCommand({ AliasName: spec.alias })),
    },
    description: {
      another: 'Something else',
      changeFromOutside: ({ id }) =>
        kms.send(new UpdateKeyDescriptionCommand({ KeyId: id, Description: 'changed' })),
    },
    policy: {
      another: accountMayAll('kms:Encrypt'),
      changeFromOutside: ({ id }) =>
        kms.send(
          new PutKeyPolicyCommand({
            KeyId: id,
            PolicyName: 'default',
            Policy: JSON.stringify(accountMayAll('kms:Decrypt')),
          }),
        ),
    },
    rotation: {
      another: { enabled: true, periodDays: 180 },
      changeFromOutside: ({ id }) => kms.send(new DisableKeyRotationCommand({ KeyId: id })),
    },
    keyState: {
      another: 'Disabled',
      changeFromOutside: ({ id }) => kms.send(new DisableKeyCommand({ KeyId: id })),
    },
    deletionWindowDays: {
      another: 7,
      changeFromOutside: ({ id }) =>
        kms.send(
          new TagResourceCommand({
            KeyId: id,
            Tags: [{ TagKey: 'fintech.global/deletion-window-days', TagValue: '8' }],
          }),
        ),
    },
  },
}));

import { CreateKeyCommand } from '@aws-sdk/client-kms';
import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { samePolicy } from '../policy-document.ts';
import { toKmsTags } from '../tags.ts';
import { pointAlias } from './alias.ts';
import { deleteKey } from './key-deletion.ts';
import { listKeys } from './key-list.ts';
import type { KeyOutputs, KeySpec } from './key-spec.ts';
import { changeKeyTags, deletionWindowTags, isSettingTag, keyTags } from './key-tags.ts';
import { disableKey, writeKey, writeRotation } from './key-update.ts';

/** A customer managed symmetric key with one alias. */
export const Key: ResourceType<KeySpec, KeyOutputs, Aws> = {
  name: 'kms/key',
  fields: {
    alias: { severity: 'availability' },
    description: { severity: 'cosmetic' },
    policy: { severity: 'security', equals: samePolicy },
    rotation: { severity: 'security' },
    keyState: { severity: 'availability' },
    deletionWindowDays: { severity: 'availability' },
    keySpec: { severity: 'security', immutable: true },
    keyUsage: { severity: 'security', immutable: true },
    multiRegion: { severity: 'availability', immutable: true },
  },
  absence: 'availability',
  holdsData: true,
  // CreateKey knows neither a name nor a token; an alias is another call.
  uniqueBy: 'none',
  nameField: 'alias',
  deletionIsReversible: true,
  ownersPerList: 100,
  // https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency
  settleTime: 30_000,

  list: listKeys,

  async create(aws, spec, creation) {
    const tags = { ...creation.tags, ...deletionWindowTags(spec.deletionWindowDays) };
    const { KeyMetadata } = await aws.kms.send(
      new CreateKeyCommand({
        Description: spec.description,
        KeySpec: spec.keySpec,
        KeyUsage: spec.keyUsage,
        MultiRegion: spec.multiRegion,
        Policy: JSON.stringify(spec.policy),
        BypassPolicyLockoutSafetyCheck: false,
        Tags: toKmsTags(tags),
      }),
    );
    const keyId = KeyMetadata?.KeyId ?? '';
    keyTags.remember(aws, keyId, tags);
    try {
      await writeRotation(aws, keyId, spec.rotation);
      await pointAlias(aws, spec.alias, keyId, creation.owner);
      if (spec.keyState !== 'Enabled') await disableKey(aws, keyId, spec.keyState, 'Enabled');
    } catch {
      // An error from here would read as if no key had been made. The next pass sees what is missing,
      // writes it, and reports what stands in the way.
      return { id: keyId };
    }
    return { id: keyId, outputs: { keyId, arn: KeyMetadata?.Arn ?? '', aliasName: spec.alias } };
  },

  update: writeKey,
  delete: deleteKey,

  async setTags(aws, current, tags) {
    await changeKeyTags(aws, current.id, tags, (key) => !isSettingTag(key));
  },
};

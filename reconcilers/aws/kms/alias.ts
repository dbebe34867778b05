import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  ListAliasesCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { NotFound, Terminal } from '../../../controller/engine/errors.ts';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { readKeyTags } from './key-tags.ts';

/** The aliases of every key that has some, by its id: one list for all keys is less than one for each. */
export async function aliasesByKey({ kms }: Aws): Promise<ReadonlyMap<string, readonly string[]>> {
  const byKey = new Map<string, string[]>();
  let Marker: string | undefined;
  do {
    const page = await kms.send(new ListAliasesCommand({ Marker, Limit: 100 }));
    for (const { AliasName, TargetKeyId } of page.Aliases ?? []) {
      if (AliasName === undefined || TargetKeyId === undefined) continue;
      byKey.set(TargetKeyId, [...(byKey.get(TargetKeyId) ?? []), AliasName]);
    }
    Marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (Marker !== undefined);
  return byKey;
}

/** Makes an alias name this key. One that names another key of the same owner is moved. */
export async function pointAlias(aws: Aws, alias: string, keyId: string, owner: string): Promise<void> {
  const pointed = { AliasName: alias, TargetKeyId: keyId };
  try {
    await aws.kms.send(new CreateAliasCommand(pointed));
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId: alias }));
    const target = KeyMetadata?.KeyId ?? '';
    if (target === keyId) return;
    const ownerOfTarget = (await readKeyTags(aws, target))[ownerTag];
    if (ownerOfTarget !== owner) {
      const whose = ownerOfTarget === undefined ? 'that nobody here owns' : `of ${ownerOfTarget}`;
      throw new Terminal(
        'NotOwned',
        `cannot have ${alias}: it names the key ${target} ${whose}; delete that alias or choose another`,
        { cause: error },
      );
    }
    await aws.kms.send(new UpdateAliasCommand(pointed));
  }
}

export async function deleteAlias({ kms }: Aws, AliasName: string): Promise<void> {
  try {
    await kms.send(new DeleteAliasCommand({ AliasName }));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}

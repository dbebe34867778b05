import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListKeysCommand,
  type GetKeyRotationStatusCommandOutput,
  type KeyMetadata,
} from '@aws-sdk/client-kms';
import { AccessDenied, NotFound } from '../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type { Identity, Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ownedTags } from '../owned.ts';
import { parsePolicy, type PolicyDocument } from '../policy-document.ts';
import { omitTags } from '../tags.ts';
import { aliasesByKey } from './alias.ts';
import type { KeyOutputs, KeyRotation, KeySpec } from './key-spec.ts';
import { deletionWindowIn, isSettingTag, keyTags, readKeyTags } from './key-tags.ts';

type ObservedKey = Observed<KeySpec, KeyOutputs>;

/** Keys by their tags and by what was seen before; all keys of the account are looked at before one is created. */
export async function listKeys(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly ObservedKey[]> {
  const indexed = await ownedTags(aws, 'kms:key', queries, (arn) => arn.slice(arn.lastIndexOf('/') + 1));
  const ids = await candidates(aws, queries, indexed);
  if (ids.size === 0) return [];
  const aliases = aliasesByKey(aws);
  const [found] = await Promise.all([
    Promise.all([...ids].map((id) => observe(aws, id, indexed.get(id), queries, aliases))),
    aliases,
  ]);
  const keys = found.filter((key) => key !== undefined);
  return keys.filter((key) => key.state !== 'deleting' || !keys.some((other) => replaces(other, key)));
}

async function candidates(
  aws: Aws,
  queries: readonly OwnerQuery[],
  indexed: ReadonlyMap<string, Tags>,
): Promise<ReadonlySet<string>> {
  const ids = new Set(indexed.keys());
  for (const { known } of queries) for (const id of known.values()) ids.add(id);
  const owners = queries.map(({ owner }) => owner);
  const shown = new Set([...indexed.values()].map((tags) => `${tags[ownerTag]} ${tags[nodeTag]}`));
  if (queries.some((query) => mayBeHidden(query, shown))) {
    for (const id of await keysTaggedWith(aws, new Set(owners))) ids.add(id);
  }
  return ids;
}

/**
 * Whether a pass is about to create a key that may exist all the same: one whose creation is in doubt, or one
 * that nothing shows, because the state was lost and the index of tags lags behind.
 */
function mayBeHidden({ owner, names, known, unconfirmed }: OwnerQuery, shown: ReadonlySet<string>): boolean {
  const isMissing = (node: string): boolean => !known.has(node) && !shown.has(`${owner} ${node}`);
  return unconfirmed.size > 0 || [...names.keys()].some(isMissing);
}

/** As many keys as are asked for their tags at once. */
const AT_ONCE = 10;

/** Searches without the index of tags, which shows a key only a while after its creation. */
async function keysTaggedWith(aws: Aws, owners: ReadonlySet<string>): Promise<readonly string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.kms.send(new ListKeysCommand({ Marker, Limit: 1_000 }));
    const ids = (page.Keys ?? []).map(({ KeyId = '' }) => KeyId);
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const some = ids.slice(start, start + AT_ONCE);
      const tags = await Promise.all(some.map((id) => tagsIfReadable(aws, id)));
      found.push(...some.filter((_id, index) => owners.has(tags[index]?.[ownerTag] ?? '')));
    }
    Marker = page.Truncated === true ? page.NextMarker : undefined;
  } while (Marker !== undefined);
  return found;
}

/** AWS's own keys do not say their tags, and keys of others need not. */
async function tagsIfReadable(aws: Aws, id: string): Promise<Tags> {
  try {
    return await readKeyTags(aws, id);
  } catch (error) {
    if (error instanceof AccessDenied || error instanceof NotFound) return {};
    throw error;
  }
}

async function observe(
  aws: Aws,
  KeyId: string,
  inIndex: Tags | undefined,
  queries: readonly OwnerQuery[],
  aliases: Promise<ReadonlyMap<string, readonly string[]>>,
): Promise<ObservedKey | undefined> {
  try {
    const [tags, { KeyMetadata: key }, { Policy }, rotation] = await Promise.all([
      keyTags.of(aws, KeyId, inIndex),
      aws.kms.send(new DescribeKeyCommand({ KeyId })),
      aws.kms.send(new GetKeyPolicyCommand({ KeyId })),
      aws.kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    ]);
    const identity = identityOf(KeyId, tags, queries);
    const policy = parsePolicy(Policy);
    if (identity === undefined || key === undefined || policy === undefined) return undefined;
    const names = (await aliases).get(KeyId) ?? [];
    const wanted = queries.find(({ owner }) => owner === identity.owner)?.names.get(identity.node);
    const alias = names.find((name) => name === wanted) ?? names[0] ?? '';
    return {
      ...identity,
      id: KeyId,
      ...stateOf(key),
      spec: specOf(key, policy, rotation, alias, tags),
      outputs: { keyId: KeyId, arn: key.Arn ?? '', aliasName: alias },
      tags: omitTags(tags, isSettingTag),
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

function stateOf({ KeyState = 'Creating' }: KeyMetadata): Pick<ObservedKey, 'state' | 'message'> {
  if (KeyState === 'Enabled' || KeyState === 'Disabled') return { state: 'ready' };
  if (KeyState === 'PendingDeletion') return { state: 'deleting', message: 'waits for its deletion' };
  return { state: 'pending', message: `is ${KeyState}` };
}

function specOf(
  key: KeyMetadata,
  policy: PolicyDocument,
  rotation: GetKeyRotationStatusCommandOutput,
  alias: string,
  tags: Tags,
): KeySpec {
  return {
    alias,
    description: key.Description ?? '',
    policy,
    rotation: rotationOf(rotation),
    keyState: key.KeyState ?? 'Creating',
    deletionWindowDays: deletionWindowIn(tags),
    keySpec: key.KeySpec ?? 'SYMMETRIC_DEFAULT',
    keyUsage: key.KeyUsage ?? 'ENCRYPT_DECRYPT',
    multiRegion: key.MultiRegion === true,
  };
}

/** 365 days is what AWS takes where no period was given. */
function rotationOf(status: GetKeyRotationStatusCommandOutput): KeyRotation {
  if (status.KeyRotationEnabled !== true) return { enabled: false };
  return { enabled: true, periodDays: status.RotationPeriodInDays ?? 365 };
}

/** What the key itself says counts; only where it says nothing, what was known. */
function identityOf(id: string, tags: Tags, queries: readonly OwnerQuery[]): Identity | undefined {
  const owner = tags[ownerTag];
  for (const query of queries) {
    const node = [...query.known].find(([, known]) => known === id)?.[0];
    if (owner === query.owner && tags[nodeTag] !== undefined) return { owner, node: tags[nodeTag] };
    if (node !== undefined && (owner === undefined || owner === query.owner))
      return { owner: query.owner, node };
  }
  return undefined;
}

/** Of a node that was made again, the key that waits for its deletion is the past. */
function replaces(other: ObservedKey, key: ObservedKey): boolean {
  return other !== key && other.owner === key.owner && other.node === key.node && other.state !== 'deleting';
}

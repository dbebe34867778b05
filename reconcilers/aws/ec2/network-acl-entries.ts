import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  ReplaceNetworkAclEntryCommand,
} from '@aws-sdk/client-ec2';
import { NotFound, Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { AlreadyExists } from '../outcome.ts';
import { addThenRemove } from './add-then-remove.ts';
import {
  formatEntry,
  formatEntryKey,
  parseEntry,
  parseEntryKey,
  type Entry,
  type EntryPlace,
} from './network-acl-entry.ts';
import { toSdkEntry } from './network-acl-sdk-entry.ts';
import type { NetworkAclSpec } from './network-acl-spec.ts';

/** Throws if an entry of the spec is none. */
export function readEntries(entries: NetworkAclSpec['entries']): readonly Entry[] {
  return Object.entries(entries).map(([key, text]) => {
    const entry = parseEntry(key, text);
    if (entry === undefined) throw new Terminal('InvalidSpec', `has no entry that reads "${key}: ${text}"`);
    return entry;
  });
}

/** Afterwards the ACL has exactly the wanted entries, as far as `current` shows what it has. */
export async function writeEntries(
  aws: Aws,
  aclId: string,
  current: NetworkAclSpec['entries'],
  wanted: readonly Entry[],
): Promise<void> {
  const kept = new Set(wanted.map(formatEntryKey));
  const added = wanted.filter((entry) => current[formatEntryKey(entry)] === undefined);
  const changed = wanted.filter((entry) => {
    const before = current[formatEntryKey(entry)];
    return before !== undefined && before !== formatEntry(entry);
  });
  const extra = Object.keys(current).flatMap((key) => (kept.has(key) ? [] : (parseEntryKey(key) ?? [])));
  await all(changed, (entry) => replaceEntry(aws, aclId, entry));
  await addThenRemove(
    () => all(added, (entry) => createEntry(aws, aclId, entry)),
    () => all(extra, (entry) => deleteEntry(aws, aclId, entry)),
  );
}

/** One that somebody made meanwhile is changed. */
async function createEntry(aws: Aws, aclId: string, entry: Entry): Promise<void> {
  const input = toSdkEntry(aclId, entry);
  try {
    await aws.ec2.send(new CreateNetworkAclEntryCommand(input));
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    await aws.ec2.send(new ReplaceNetworkAclEntryCommand(input));
  }
}

/** One that somebody deleted meanwhile is made. */
async function replaceEntry(aws: Aws, aclId: string, entry: Entry): Promise<void> {
  const input = toSdkEntry(aclId, entry);
  try {
    await aws.ec2.send(new ReplaceNetworkAclEntryCommand(input));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    await aws.ec2.send(new CreateNetworkAclEntryCommand(input));
  }
}

async function deleteEntry(aws: Aws, NetworkAclId: string, place: EntryPlace): Promise<void> {
  const { number: RuleNumber, direction } = place;
  const input = { NetworkAclId, RuleNumber, Egress: direction === 'egress' };
  await ifThere(aws.ec2.send(new DeleteNetworkAclEntryCommand(input)));
}

/** At once, and to the end, so that nothing is still being written when an error is thrown. */
async function all<Item>(items: readonly Item[], write: (item: Item) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(items.map(write));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

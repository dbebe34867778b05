import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  ReplaceNetworkAclEntryCommand,
} from '@aws-sdk/client-ec2';
import { NotFound, Terminal } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { AlreadyExists } from '../../outcome.ts';
import { addThenRemove } from '../add-then-remove.ts';
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
  const extra = Object.keys(current).flatMap((key) => (kept.has(key) ? [] : (parseEntryKey(key) ?? [])));
  await addThenRemove(
    async () => {
      await all(added, (entry) => createEntry(aws, aclId, entry));
      for (const step of stepsOfChange({ ...current, ...textsOf(added) }, wanted))
        await all(step, (entry) => replaceEntry(aws, aclId, entry));
    },
    () => all(extra, (entry) => deleteEntry(aws, aclId, entry)),
  );
}

/**
 * In which order entries are changed, several at once: one whose rule another one takes over is changed after that
 * one, so that what was let through and still shall be is let through at every moment.
 */
function stepsOfChange(
  current: NetworkAclSpec['entries'],
  wanted: readonly Entry[],
): readonly (readonly Entry[])[] {
  const changed = wanted.filter((entry) => current[formatEntryKey(entry)] !== formatEntry(entry));
  if (changed.length === 0) return [];
  const keys = new Set(changed.map(formatEntryKey));
  const staying = new Set(Object.entries(current).flatMap(([key, text]) => (keys.has(key) ? [] : text)));
  const coming = new Set(changed.map(formatEntry));
  const free = changed.filter((entry) => {
    const before = current[formatEntryKey(entry)];
    return before === undefined || staying.has(before) || !coming.has(before);
  });
  // Entries that only change places with each other cannot wait for each other.
  const step = free.length > 0 ? free : changed;
  return [step, ...stepsOfChange({ ...current, ...textsOf(step) }, wanted)];
}

function textsOf(entries: readonly Entry[]): NetworkAclSpec['entries'] {
  return Object.fromEntries(entries.map((entry) => [formatEntryKey(entry), formatEntry(entry)]));
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

import { NotFound } from '../../../controller/engine/errors.ts';
import type { Claim, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { identityOf } from '../identity.ts';
import { findOwned } from '../owned.ts';
import { withoutAwsTags } from '../tags.ts';
import type { UnchangingDescriptions } from '../unchanging.ts';
import { arnOf, nameIn, type ResourceKind } from './arn.ts';
import { tagsOf } from './tags.ts';

/** How resources of one type are described. */
export type Description<Item> = {
  readonly kind: ResourceKind;
  /** All of the account and region: ElastiCache takes one name or none. Pages. */
  readonly all: (aws: Aws) => Promise<readonly Item[]>;
  readonly one: (aws: Aws, name: string) => Promise<readonly Item[]>;
  readonly nameOf: (item: Item) => string;
  /** Whether its tags can be read now. */
  readonly isReadable: (item: Item) => boolean;
  /** For those that are described in the same way for ever. */
  readonly unchanging?: UnchangingDescriptions<Item>;
};

/** A resource with whose it is. Tags are undefined if nothing tells them now. */
export type Owned<Item> = Claim & {
  readonly id: string;
  readonly item: Item;
  readonly tags: Tags | undefined;
};

/** Resources by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listOwned<Item>(
  aws: Aws,
  queries: readonly OwnerQuery[],
  description: Description<Item>,
): Promise<readonly Owned<Item>[]> {
  const { kind, nameOf, unchanging } = description;
  const owners = queries.map(({ owner }) => owner);
  const tagged = findOwned(aws, `elasticache:${kind}`, owners).then(
    (found) => new Map(found.map(({ arn, tags }) => [arn, withoutAwsTags(tags)])),
  );
  const [indexed, all] = await Promise.all([tagged, describe(aws, queries, tagged, description)]);
  const names = namesIn(queries);
  const isMeant = (item: Item): boolean =>
    names.has(nameOf(item)) || indexed.has(arnOf(aws, kind, nameOf(item)));
  const items = [...all.filter(isMeant), ...(await hidden(aws, queries, all, description))];
  for (const item of items) unchanging?.remember(aws, nameOf(item), item);
  const owned = await Promise.all(items.map((item) => withOwner(aws, item, indexed, queries, description)));
  return owned.filter((item) => item !== undefined);
}

function namesIn(queries: readonly OwnerQuery[]): ReadonlySet<string> {
  return new Set(queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]));
}

/** All there are, or those that are meant, where what is remembered of them is enough. */
async function describe<Item>(
  aws: Aws,
  queries: readonly OwnerQuery[],
  tagged: Promise<ReadonlyMap<string, Tags>>,
  { kind, all, unchanging }: Description<Item>,
): Promise<readonly Item[]> {
  if (unchanging === undefined) return all(aws);
  const indexed = await tagged;
  const names = new Set([...namesIn(queries), ...[...indexed.keys()].map((arn) => nameIn(arn))]);
  const known = unchanging.recall(aws, names, (name) => indexed.has(arnOf(aws, kind, name)));
  return known ?? all(aws);
}

/** Those that were seen before, though a list that lags behind does not show them. */
async function hidden<Item>(
  aws: Aws,
  queries: readonly OwnerQuery[],
  shown: readonly Item[],
  { nameOf, one }: Description<Item>,
): Promise<readonly Item[]> {
  const names = new Set(shown.map((item) => nameOf(item)));
  const missing = queries.flatMap(({ known }) => [...known.values()]).filter((name) => !names.has(name));
  return (await Promise.all(missing.map((name) => unlessGone(one(aws, name))))).flat();
}

/** Undefined if it goes while it is looked at, or is not of these owners. */
async function withOwner<Item>(
  aws: Aws,
  item: Item,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
  { kind, nameOf, isReadable }: Description<Item>,
): Promise<Owned<Item> | undefined> {
  const id = nameOf(item);
  const arn = arnOf(aws, kind, id);
  try {
    const tags = await tagsOf(aws, arn, indexed.get(arn), isReadable(item));
    const identity = identityOf(id, tags ?? {}, queries);
    return identity === undefined ? undefined : { ...identity, id, item, tags };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** For what is asked for by name: nothing if it is not there. */
export async function unlessGone<Item>(found: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

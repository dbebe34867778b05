import type { Claim, Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { findOwned } from '../owned.ts';
import { withoutAwsTags } from '../tags.ts';
import { familyIn, revisionIn } from './arn.ts';
import { specOf } from './task-definition-observed.ts';
import { describeRevision, type Revision } from './task-definition-revisions.ts';
import type { TaskDefinitionOutputs, TaskDefinitionSpec } from './task-definition-spec.ts';

export type ObservedTaskDefinition = Observed<TaskDefinitionSpec, TaskDefinitionOutputs>;

/**
 * Families by their names, by what was seen before and by the tags of their revisions. Each is shown as its newest
 * revision, whoever registered that. AWS describes one per call.
 */
export async function listTaskDefinitions(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTaskDefinition[]> {
  const indexed = await tagsInIndex(aws, queries);
  const families = new Set(indexed.keys());
  for (const query of queries)
    for (const family of [...query.names.values(), ...query.known.values()]) families.add(family);
  const found = await Promise.all(
    [...families].map(async (family) => {
      const newest = await describeRevision(aws, family);
      if (newest === undefined) return [];
      const claims = claimsOnFamily(family, newest, indexed.get(family), queries);
      return claims.map((claim) => observed(family, newest, claim));
    }),
  );
  return found.flat();
}

/** What the newest of our revisions that the index shows says, by family. */
async function tagsInIndex(aws: Aws, queries: readonly OwnerQuery[]): Promise<ReadonlyMap<string, Tags>> {
  const owners = queries.map(({ owner }) => owner);
  const found = await findOwned(aws, 'ecs:task-definition', owners);
  const oldestFirst = found.toSorted((one, other) => revisionIn(one.arn) - revisionIn(other.arn));
  return new Map(oldestFirst.map(({ arn, tags }) => [familyIn(arn), withoutAwsTags(tags)]));
}

/** A revision that somebody else registered has none of our tags: whose the family is, those before it say. */
function claimsOnFamily(
  family: string,
  newest: Revision,
  before: Tags | undefined,
  queries: readonly OwnerQuery[],
): readonly Claim[] {
  const claims = claimsOn(family, newest.tags, queries);
  return claims.length > 0 || before === undefined ? claims : claimsOn(family, before, queries);
}

function observed(id: string, { definition, tags }: Revision, claim: Claim): ObservedTaskDefinition {
  const { taskDefinitionArn: arn = '', revision = 0 } = definition;
  return {
    ...claim,
    id,
    state: 'ready',
    tags,
    spec: specOf(definition),
    outputs: { arn, family: id, revision },
  };
}

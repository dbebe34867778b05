import { NotFound } from '../../../../controller/engine/errors.ts';
import type {
  Creation,
  OwnerQuery,
  ResourceType,
  Tags,
} from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { ifThere } from '../../if-there.ts';
import { AlreadyExists } from '../../outcome.ts';
import { toSdkTags, type SdkTag } from '../../tags.ts';
import { UnchangingDescriptions } from '../../unchanging.ts';
import { arnOf, type RdsResource } from '../arn.ts';
import { GroupSearch, type FoundGroup } from '../group-search.ts';
import { OWNERS_PER_LIST, SETTLE_TIME } from '../limits.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { FamilyValues } from './family-values.ts';
import type { ParameterGroupOutputs, ParameterGroupSpec } from './parameter-group-spec.ts';
import { appliedAtReboot, valuesOf, writeParameters, type ParameterCalls } from './parameters.ts';

/** A group as either of the two descriptions shows it. */
export type DescribedGroup = {
  readonly name: string;
  readonly family: string;
  readonly description: string;
};

/** What differs between the two types of parameter groups. */
export type ParameterGroupCalls = {
  readonly resource: RdsResource;
  describe(aws: Aws): Promise<readonly DescribedGroup[]>;
  create(aws: Aws, group: DescribedGroup, tags: SdkTag[]): Promise<unknown>;
  delete(aws: Aws, name: string): Promise<unknown>;
  parameters(aws: Aws): ParameterCalls;
  /** What runs with each group, by the name of the group. */
  users(aws: Aws): Promise<ReadonlyMap<string, readonly string[]>>;
};

type Type = ResourceType<ParameterGroupSpec, ParameterGroupOutputs, Aws>;

export function parameterGroupType(
  name: string,
  calls: ParameterGroupCalls,
): Type & Required<Pick<Type, 'setTags'>> {
  const unchanging = new UnchangingDescriptions<DescribedGroup>();
  const families = new FamilyValues();
  const groups = new GroupSearch<DescribedGroup>(
    calls.resource,
    async (aws, wanted) => {
      const { names, indexed } = await wanted;
      const known = unchanging.recall(aws, names, (group) => indexed.has(group));
      return known ?? calls.describe(aws);
    },
    (group) => group.name,
  );
  return {
    name,
    fields: {
      name: { severity: 'availability', immutable: true },
      family: { severity: 'availability', immutable: true },
      description: { severity: 'cosmetic', immutable: true },
      parameters: {
        severity: 'security',
        withDefaults: (wanted, set, { family }) => families.complete(wanted, set, String(family)),
      },
    },
    absence: 'availability',
    holdsData: false,
    uniqueBy: 'name',
    nameField: 'name',
    ownersPerList: OWNERS_PER_LIST,
    settleTime: SETTLE_TIME,

    async list(aws: Aws, queries: readonly OwnerQuery[]) {
      const found = await groups.list(aws, queries);
      for (const { group } of found) unchanging.remember(aws, group.name, group);
      const observed = await Promise.all(
        found.map(async (group) => {
          const shown = await observe(aws, calls, group);
          if (shown === undefined) unchanging.forget(aws, group.name);
          return shown;
        }),
      );
      const shown = observed.filter((group) => group !== undefined);
      // One after the other, as what one shows of its family serves all others.
      for (const { id, spec } of shown)
        await families.learn({ family: spec.family, set: new Set(Object.keys(spec.parameters)) }, () =>
          calls.parameters(aws).describe(id),
        );
      const wanted = new Set(queries.flatMap(({ names }) => [...names.values()]));
      if (shown.every(({ id }) => wanted.has(id))) return shown;
      const users = await calls.users(aws);
      return shown.map((group) =>
        wanted.has(group.id) ? group : { ...group, users: users.get(group.id) ?? [] },
      );
    },

    async create(aws: Aws, spec: ParameterGroupSpec, creation: Creation) {
      const { parameters, ...group } = spec;
      unchanging.forget(aws, spec.name);
      try {
        await calls.create(aws, group, toSdkTags(creation.tags));
      } catch (error) {
        if (!(error instanceof AlreadyExists)) throw error;
        await makeSureItIsOurs(aws, calls.resource, spec.name, creation, error);
        return { id: spec.name };
      }
      groups.rememberTags(aws, spec.name, creation.tags);
      try {
        await writeParameters(calls.parameters(aws), spec.name, parameters, {});
        const set =
          Object.keys(parameters).length === 0 ? [] : await calls.parameters(aws).describe(spec.name, 'user');
        const arn = arnOf(aws, calls.resource, spec.name);
        return { id: spec.name, outputs: { name: spec.name, arn, appliedAtReboot: appliedAtReboot(set) } };
      } catch {
        // An error from here would read as if no group had been made. The next pass sees which parameters are
        // missing, writes them, and reports what stands in the way.
        return { id: spec.name };
      }
    },

    async update(aws, current, spec) {
      await writeParameters(calls.parameters(aws), current.id, spec.parameters, current.spec.parameters);
    },

    async delete(aws, { id }) {
      await ifThere(calls.delete(aws, id));
      unchanging.forget(aws, id);
      groups.forgetTags(aws, id);
    },

    setTags: (aws, current, tags: Tags) => groups.setTags(aws, current, tags),
  };
}

/** Undefined if it goes while it is looked at. */
async function observe(aws: Aws, calls: ParameterGroupCalls, found: FoundGroup<DescribedGroup>) {
  const { name, arn, group, ...owned } = found;
  try {
    const set = await calls.parameters(aws).describe(name, 'user');
    return {
      ...owned,
      id: name,
      state: 'ready' as const,
      spec: { ...group, parameters: valuesOf(set) },
      outputs: { name, arn, appliedAtReboot: appliedAtReboot(set) },
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

export function idsByName(
  used: readonly { readonly id: string; readonly name: string }[],
): ReadonlyMap<string, readonly string[]> {
  const byName = Map.groupBy(used, ({ name }) => name);
  return new Map([...byName].map(([name, users]) => [name, users.map(({ id }) => id)]));
}

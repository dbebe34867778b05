import type { FieldRule, ResourceType } from '../controller/engine/resource-type.ts';
import type { FakeProcess } from './fake-cloud.ts';

/** One shape for all types of the fake cloud, with a field of each sort. */
export type FakeSpec = {
  readonly name: string;
  readonly size?: number;
  readonly settings?: {
    readonly mode?: string;
    readonly limits?: { readonly low?: number; readonly high?: number };
  };
  /** A set: the order does not count. */
  readonly members?: readonly string[];
  readonly zone?: string;
  readonly initialCount?: number;
  /** Id of another resource, for good. */
  readonly parent?: string;
  /** Ids of other resources, until changed. */
  readonly peers?: readonly string[];
  /** False while the resource is being deleted and can be brought back. */
  readonly active?: boolean;
  /** Is raised without approval, but not to the next thousand. */
  readonly version?: number;
  /** Is raised in place, and lowered by a replacement only. */
  readonly edition?: number;
  /** Outside of office hours it sleeps, and wakes up by itself. */
  readonly awake?: boolean;
  /** Cannot be deleted as long as it is true. */
  readonly guarded?: boolean;
  readonly [field: string]: unknown;
};

export type FakeOutputs = { readonly id: string; readonly arn: string };

export type FakeRules = {
  readonly name: string;
  readonly uniqueBy: 'name' | 'token' | 'none';
  readonly holdsData: boolean;
  readonly taggable: boolean;
  /** Milliseconds; 0 gives the outputs at once. */
  readonly creationTime: number;
  readonly deletionTime: number;
  readonly settleTime: number;
  readonly ownersPerList: number;
  readonly deletionIsReversible?: true;
  readonly changeableWhilePending?: true;
  /** Each update gives it another ARN. */
  readonly renewedByUpdate?: true;
  /** A field that is accepted and never kept. */
  readonly ignores?: string;
  /** Others run in it, and are asked for before anything is removed. */
  readonly isUsed?: true;
  readonly fields: Readonly<Record<string, FieldRule<unknown>>>;
};

const fields = {
  name: { severity: 'availability', immutable: true },
  size: { severity: 'cost' },
  settings: { severity: 'security' },
  members: { severity: 'security', equals: sameSet },
  zone: { severity: 'availability', immutable: true },
  initialCount: { severity: 'cosmetic', createOnly: true },
  parent: { severity: 'availability', immutable: true },
  peers: { severity: 'security', equals: sameSet },
  active: { severity: 'availability' },
  version: { severity: 'availability', refusal: nextThousand },
  edition: {
    severity: 'availability',
    immutable: true,
    changesInPlace: (wanted: unknown, actual: unknown) => Number(wanted) > Number(actual),
  },
  awake: {
    severity: 'cost',
    isExpected: (wanted: unknown, actual: unknown) => wanted === false && actual === true,
  },
  guarded: { severity: 'availability' },
} as const;

export type FakeType = ResourceType<FakeSpec, FakeOutputs, FakeProcess>;

/** A resource type of the fake cloud: without more it is taggable, made at once, and holds no data. */
export function fakeType(name: string, options: Partial<FakeRules> = {}): FakeType {
  const rules: FakeRules = {
    name,
    uniqueBy: 'none',
    holdsData: false,
    taggable: true,
    creationTime: 0,
    deletionTime: 0,
    settleTime: 10_000,
    ownersPerList: 100,
    fields,
    ...options,
  };
  return {
    name,
    fields,
    absence: 'availability',
    holdsData: rules.holdsData,
    uniqueBy: rules.uniqueBy,
    ...(rules.deletionIsReversible === undefined ? {} : { deletionIsReversible: true }),
    ...(rules.changeableWhilePending === undefined ? {} : { changeableWhilePending: true }),
    ...(rules.renewedByUpdate === undefined ? {} : { renewedByUpdate: true }),
    ownersPerList: rules.ownersPerList,
    settleTime: rules.settleTime,
    nameField: 'name',
    subjectField: 'parent',
    list: (process, queries) =>
      process.call({ operation: 'list', type: name, node: '', owners: queries.length }, () =>
        process.cloud.list(rules, queries),
      ),
    create: (process, spec, creation) =>
      process.call({ operation: 'create', type: name, node: creation.node }, () => {
        const { id, outputs } = process.cloud.create(rules, spec, creation);
        return rules.creationTime === 0 ? { id, outputs } : { id };
      }),
    update: (process, { id, node }, spec, changes) =>
      process.call({ operation: 'update', type: name, node }, () => process.cloud.update(id, spec, changes)),
    delete: (process, { id, node }) =>
      process.call({ operation: 'delete', type: name, node }, () => process.cloud.delete(id)),
    protection: ({ spec }) => (spec.guarded === true ? 'is guarded' : undefined),
    interruptionOf: (_current, { field }) =>
      field === 'version' ? 'restart' : field === 'members' ? 'failover' : 'none',
    ...(rules.isUsed === true
      ? {
          usersOf: (process: FakeProcess, resources: readonly { id: string }[]) =>
            process.call({ operation: 'usersOf', type: name, node: '' }, () => {
              const asked = new Set(resources.map(({ id }) => id));
              return new Map([...process.cloud.users].filter(([id]) => asked.has(id)));
            }),
        }
      : {}),
    ...(rules.taggable
      ? {
          setTags: (process: FakeProcess, { id, node }: { id: string; node: string }, tags) =>
            process.call({ operation: 'setTags', type: name, node }, () => process.cloud.setTags(id, tags)),
        }
      : {}),
  } satisfies FakeType;
}

function nextThousand(wanted: unknown, actual: unknown): string | undefined {
  const isNext = Math.floor(Number(wanted) / 1_000) > Math.floor(Number(actual) / 1_000);
  return isNext ? `would be raised to version ${String(wanted)} for good` : undefined;
}

function sameSet(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  const right = new Set<unknown>(other);
  return new Set<unknown>(one).size === right.size && one.every((item) => right.has(item));
}

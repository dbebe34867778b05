import type {
  FieldRule,
  Observed,
  OwnerQuery,
  ResourceType,
  Tags,
} from '../controller/engine/resource-type.ts';
import { layout, nodesPerObject, settingsOf, typeNames, type BenchSpec, type TypeName } from './layout.ts';

export type BenchOutputs = { readonly id: string; readonly arn: string };

/**
 * A cloud of which only a byte per resource is kept: everything else follows from the number of its object
 * and node. So what the memory holds is the controller's.
 */
export class CompactCloud {
  private readonly exists: Uint8Array;
  /** Processor time spent making up answers, in milliseconds: the service's work, not the controller's. */
  busy = 0;
  lists = 0;
  writes = 0;

  constructor(objects: number) {
    this.exists = new Uint8Array(objects * nodesPerObject);
  }

  list(type: TypeName, queries: readonly OwnerQuery[]): readonly Observed<BenchSpec, BenchOutputs>[] {
    const started = processorTime();
    this.lists += 1;
    const found = queries.flatMap(({ owner }) => {
      const object = numberOf(owner);
      return layout.flatMap((place, node) =>
        place.type === type && this.exists[object * nodesPerObject + node] === 1
          ? [resourceOf(owner, object, node)]
          : [],
      );
    });
    this.busy += processorTime() - started;
    return found;
  }

  create(owner: string, nodeId: string): BenchOutputs {
    this.writes += 1;
    const [object, node] = [numberOf(owner), layout.findIndex(({ id }) => id === nodeId)];
    this.exists[object * nodesPerObject + node] = 1;
    return outputsOf(object, node);
  }
}

function resourceOf(owner: string, object: number, node: number): Observed<BenchSpec, BenchOutputs> {
  const place = layout[node] ?? { id: '', type: 'network', needs: -1 };
  const name = `bench-${nameOf(object)}-${place.id}`;
  const idOf = (other: number): string => outputsOf(object, other).id;
  const spec = settingsOf(place, name, idOf, (other) => `${idOf(other)}/*`);
  const outputs = outputsOf(object, node);
  return {
    owner,
    node: place.id,
    id: outputs.id,
    state: 'ready',
    spec,
    outputs,
    tags: tagsOf(owner, name, place.id),
  };
}

function outputsOf(object: number, node: number): BenchOutputs {
  const id = `${layout[node]?.type ?? ''}-${(0x1_0000_0000_0000 + object * nodesPerObject + node).toString(16)}`;
  return { id, arn: `arn:aws:bench:eu-central-1:123456789012:${id}` };
}

function tagsOf(owner: string, name: string, node: string): Tags {
  return {
    ...benchTags,
    ManagedBy: 'fintech-controller',
    Name: name,
    'fintech.global/owner': owner,
    'fintech.global/node': node,
  };
}

export const benchTags = { Project: 'bench', CostCenter: '4711', Environment: 'bench' } as const;

export function nameOf(object: number): string {
  return `object-${object}`;
}

function numberOf(owner: string): number {
  return Number(owner.slice(owner.lastIndexOf('-') + 1));
}

const fields: { readonly [Field in keyof BenchSpec]: FieldRule<BenchSpec[Field]> } = {
  name: { severity: 'availability', immutable: true },
  description: { severity: 'cosmetic' },
  size: { severity: 'cost' },
  zone: { severity: 'availability', immutable: true },
  settings: { severity: 'security' },
  members: {
    severity: 'security',
    equals: (wanted, actual) =>
      wanted.length === actual.length && wanted.every((item) => actual.includes(item)),
  },
  policy: { severity: 'security' },
};

export type BenchType = ResourceType<BenchSpec, BenchOutputs, CompactCloud>;

export const benchTypes: ReadonlyMap<TypeName, BenchType> = new Map(
  typeNames.map((name) => [
    name,
    {
      name,
      fields,
      absence: 'availability',
      holdsData: false,
      uniqueBy: 'name',
      ownersPerList: 200,
      settleTime: 0,
      nameField: 'name',
      list: async (cloud, queries) => cloud.list(name, queries),
      create: async (cloud, _spec, { owner, node }) => {
        const outputs = cloud.create(owner, node);
        return { id: outputs.id, outputs };
      },
      update: () => unexpected(name, 'updated'),
      delete: () => unexpected(name, 'deleted'),
      setTags: () => unexpected(name, 'tagged'),
    },
  ]),
);

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function unexpected(name: string, what: string): Promise<never> {
  return Promise.reject(new Error(`${name} should not be ${what} in the benchmark`));
}

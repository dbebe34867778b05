import { Ref, refsIn, type Inputs } from './ref.ts';
import type { AnyResourceType, Fields, ResourceType } from './resource-type.ts';

/** Where an object lives: what its Environment says, as far as graphs are made from it. */
export type Place = {
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** What holds during one pass and is neither in the spec nor in AWS: the time, and what a person asked for. */
export type Circumstances = {
  /** It is outside the office hours of the Environment, in which what costs by the hour is stopped. */
  readonly isAsleep: boolean;
  /** Changes that interrupt are not left for the maintenance window. */
  readonly applyImmediately: boolean;
};

const usual: Circumstances = { isAsleep: false, applyImmediately: false };

/** A resource that an object wants: immutable, made anew in every pass. */
export type Node<Cloud> = {
  readonly id: string;
  readonly type: AnyResourceType<Cloud>;
  readonly inputs: Fields;
  /** Ids of the nodes that must be ready before this one is made, and that outlive it. */
  readonly dependsOn: readonly string[];
  /** Objects (`Kind/namespace/name`) that must be ready first. */
  readonly waitsFor: readonly string[];
  /** It is retained when the object is deleted: what it protects outlives the object. */
  readonly outlivesObject: boolean;
};

export type ObjectName = { readonly kind: string; readonly namespace: string; readonly name: string };

/** What `graph.add` gives back: the handle by which other nodes refer to this one. */
export class NodeHandle<Outputs extends Fields> {
  readonly id: string;
  readonly type: string;

  constructor(id: string, type: string) {
    this.id = id;
    this.type = type;
  }

  ref<Key extends keyof Outputs & string>(output: Key): Ref<Outputs[Key]> {
    return new Ref<Outputs[Key]>({ kind: 'node', node: this.id, type: this.type }, output);
  }
}

/** Another object of the same namespace, by which its status is referred to. */
export class ObjectHandle<Status extends Fields> {
  readonly object: string;

  constructor(object: string) {
    this.object = object;
  }

  /**
   * `path` is the way into the status: `subnets.app.0.id`. In a list `*` stands for all of its items, as in
   * `subnets.app.*.id`, and `%4` for the item at 4, counted round and round.
   */
  ref<T = Status[keyof Status]>(path: string): Ref<T> {
    return new Ref<T>({ kind: 'object', object: this.object }, path);
  }
}

/** Everything one object wants, filled by its kind. Node ids are unique and stable: they are the identity. */
export class Graph<Cloud> {
  readonly object: ObjectName;
  readonly place: Place;
  readonly circumstances: Circumstances;
  private readonly allowed: ReadonlySet<string>;
  private readonly byId = new Map<string, Node<Cloud>>();

  constructor(
    object: ObjectName,
    place: Place,
    types: readonly AnyResourceType<Cloud>[],
    circumstances: Circumstances = usual,
  ) {
    this.object = object;
    this.place = place;
    this.circumstances = circumstances;
    this.allowed = new Set(types.map((type) => type.name));
  }

  add<Spec extends Fields, Outputs extends Fields>(
    type: ResourceType<Spec, Outputs, Cloud>,
    id: string,
    inputs: Inputs<Spec>,
    options: { readonly after?: readonly NodeHandle<Fields>[]; readonly outlivesObject?: true } = {},
  ): NodeHandle<Outputs> {
    if (this.byId.has(id)) throw new Error(`two nodes are called ${id}`);
    if (!this.allowed.has(type.name))
      throw new Error(`${type.name} is not among the types of ${this.object.kind}`);
    const refs = refsIn(inputs);
    const dependsOn = new Set(options.after?.map((node) => node.id));
    const waitsFor = new Set<string>();
    for (const { source } of refs) {
      if (source.kind === 'node') dependsOn.add(source.node);
      else waitsFor.add(source.object);
    }
    this.byId.set(id, {
      id,
      type,
      inputs,
      dependsOn: [...dependsOn],
      waitsFor: [...waitsFor],
      outlivesObject: options.outlivesObject === true,
    });
    return new NodeHandle<Outputs>(id, type.name);
  }

  /** Refers to another object of the same namespace; nodes that use it wait until that object is Ready. */
  objectRef<Status extends Fields>(kind: string, name: string): ObjectHandle<Status> {
    return new ObjectHandle<Status>(`${kind}/${this.object.namespace}/${name}`);
  }

  /** `<namespace>-<name>-<node>`: how AWS resources are called. */
  nameOf(node: string): string {
    return `${this.object.namespace}-${this.object.name}-${node}`;
  }

  /** In the order of addition, which is an order of dependency: a handle exists only after its node. */
  get nodes(): readonly Node<Cloud>[] {
    return [...this.byId.values()];
  }

  node(id: string): Node<Cloud> | undefined {
    return this.byId.get(id);
  }
}

/** What every resource and its settings look like to the engine. Specs are type aliases of plain data. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Tags = Readonly<Record<string, string>>;

/** How bad it is when a field differs from the spec. */
export type Severity = 'security' | 'availability' | 'cost' | 'cosmetic';

/** What an update, a replacement or a deletion costs those who use the resource; the worst comes last. */
export const interruptions = ['none', 'failover', 'restart', 'replacement', 'data loss'] as const;

export type Interruption = (typeof interruptions)[number];

export type FieldRule<T> = {
  readonly severity: Severity;
  /** AWS cannot change it; a difference means replacement. */
  readonly immutable?: true;
  /** Of what is immutable: true for a change that AWS makes in place all the same, as an upgrade that it does not undo. */
  changesInPlace?(wanted: T, actual: T): boolean;
  /** Counts at creation only; afterwards it belongs to somebody else (an autoscaler, AWS). */
  readonly createOnly?: true;
  /** For values that AWS normalises or that are sets: true when both mean the same. */
  equals?(wanted: T, actual: T): boolean;
  /** What is there, where AWS shows only what differs from a default of its own; `observed` is the whole actual spec. */
  withDefaults?(wanted: T, actual: T, observed: Fields): T;
  /** While the field of this name waits for what it refers to, so does this one: AWS takes the two only as they fit. */
  readonly togetherWith?: string;
  /** Why a change from one value to the other is done only with approval, as the end of a sentence. */
  refusal?(wanted: T, actual: T): string | undefined;
  /** True where time makes the difference, and nobody: a rotation that is due. It is put right, and is no drift. */
  isExpected?(wanted: T, actual: T): boolean;
};

/** Who a resource belongs to: the object, and the node of its graph. */
export type Identity = {
  /** `Kind/namespace/name` of the object. */
  readonly owner: string;
  readonly node: string;
};

export type Claim = Identity & {
  /** The owner that its tags name, where that is another than the one that made it. */
  readonly ownedBy?: string;
};

/** One resource as the service shows it. */
export type Observed<Spec extends Fields = Fields, Outputs extends Fields = Fields> = Claim & {
  /** What AWS calls it: an id, a name or an ARN. */
  readonly id: string;
  readonly state: 'ready' | 'pending' | 'deleting' | 'failed';
  /** Why it is pending or failed, in AWS's words. */
  readonly message?: string;
  /** Its settings, in the shape of the spec. */
  readonly spec: Spec;
  readonly outputs: Outputs;
  /** All its tags; undefined where the type has none. */
  readonly tags?: Tags;
  /** Ids of what runs with it, and makes AWS refuse its deletion; told only of what no node wants. */
  readonly users?: readonly string[];
};

/** What one object asks a shared list for. */
export type OwnerQuery = {
  readonly owner: string;
  /** Names that the nodes of this type have or will have, where the name is known without asking AWS. */
  readonly names: ReadonlyMap<string, string>;
  /** Ids that were seen or made before, by node: they are looked at even when a search does not show them yet. */
  readonly known: ReadonlyMap<string, string>;
  /** Nodes whose creation was started and whose outcome is not known: the search must be exhaustive. */
  readonly unconfirmed: ReadonlySet<string>;
};

export type Created<Outputs extends Fields> = {
  readonly id: string;
  /** Given when the resource can be used at once; otherwise the next list tells when. */
  readonly outputs?: Outputs;
};

/** A difference between what is wanted and what is there. */
export type Change = {
  /** The field of the spec that differs. */
  readonly field: string;
  /** Where in the field, for people: `publicAccessBlock.blockPublicAcls`. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly severity: Severity;
};

export type Creation = Identity & { readonly tags: Tags };

/**
 * One type of AWS resource. Every operation starts the work and returns; none waits for AWS to finish.
 * All are idempotent. `Cloud` is whatever gives access to the account and region.
 */
export interface ResourceType<Spec extends Fields, Outputs extends Fields, Cloud> {
  /** As in `s3/bucket`. */
  readonly name: string;
  /** One rule per field of the spec, so that no field goes uncompared. */
  readonly fields: { readonly [Field in keyof Spec]-?: FieldRule<Spec[Field]> };
  /** How bad it is when the resource is missing. */
  readonly absence: Severity;
  /** Data lives in it: it is never replaced, and never removed by a change of the spec, without approval. */
  readonly holdsData: boolean;
  /**
   * Much else lives in it, or depends on it: though no data does, it is not replaced without approval, and where data
   * does, it is not left behind without.
   */
  readonly irreplaceable?: true;
  /**
   * Why creating twice cannot make two: a unique name or a token. With `none` the engine records
   * its intent before the call and searches before it calls again.
   */
  readonly uniqueBy: 'name' | 'token' | 'none';
  /** A resource being deleted can be brought back by an update, and until then counts as gone where it is not wanted. */
  readonly deletionIsReversible?: true;
  /** What is pending takes changes too: a new image does not wait for a deployment that gets nowhere. */
  readonly changeableWhilePending?: true;
  /** An update makes something new, as a revision: what refers to its outputs waits until a list shows them. */
  readonly renewedByUpdate?: true;
  /** How many owners one list takes. */
  readonly ownersPerList: number;
  /** How long, in milliseconds, AWS may go on showing what was before a write. */
  readonly settleTime: number;
  /** The field of the spec that names the resource, if it is known before creation. */
  readonly nameField?: keyof Spec & string;
  /** The field that names what it is there for alone, by its id or in one word with more: it stays where that stays. */
  readonly subjectField?: keyof Spec & string;

  /** Every resource of this type that these owners have. It is the only read. It pages. */
  list(cloud: Cloud, queries: readonly OwnerQuery[]): Promise<readonly Observed<Spec, Outputs>[]>;
  create(cloud: Cloud, spec: Spec, creation: Creation): Promise<Created<Outputs>>;
  update(
    cloud: Cloud,
    current: Observed<Spec, Outputs>,
    spec: Spec,
    changes: readonly Change[],
  ): Promise<void>;
  /** `together`: all of its type that are to go, now or in a later pass, itself among them. */
  delete(
    cloud: Cloud,
    current: Observed<Spec, Outputs>,
    together?: readonly Observed<Spec, Outputs>[],
  ): Promise<void>;
  /**
   * What else uses resources that are to go, by their ids and for people. It is asked before the first of them is
   * removed, so that nothing is taken away from what still runs.
   */
  usersOf?(cloud: Cloud, resources: readonly Observed<Spec, Outputs>[]): Promise<ReadonlyMap<string, string>>;
  /** Why it must not be deleted as it is, as a verb phrase. It is asked before anything of the object is removed. */
  protection?(current: Observed<Spec, Outputs>): string | undefined;
  /** What carrying out a change interrupts, whenever that is; without it nothing. */
  interruptionOf?(current: Observed<Spec, Outputs>, change: Change): Interruption;
  /** Only for types that can be tagged: afterwards the resource has exactly these tags beside AWS's own. */
  setTags?(cloud: Cloud, current: Observed<Spec, Outputs>, tags: Tags): Promise<void>;
}

export type AnyResourceType<Cloud> = ResourceType<Fields, Fields, Cloud>;

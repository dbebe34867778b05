import type { JsonObject } from '../../controller/manifests/json.ts';

/** Another value of a field. */
type FieldCase = {
  /** What the rest of the spec has to be for that, where it is not the sample's. */
  readonly given?: JsonObject;
  readonly change: JsonObject;
};

export type Changed = FieldCase & {
  /** The calls that write, in any order; of kinds that look at them. */
  readonly writes?: readonly string[];
  /** What changes in AWS, and nothing else does; `*` stands for anything. */
  readonly changes: readonly string[];
  /** What of that is left once the manifest is as before: a fresh object would not have it. */
  readonly leaves?: readonly string[];
  /** Paths in AWS that it depends on, so that what changes them is not changed at once with it. */
  readonly touches?: readonly string[];
  /** Not together with all others of its file: it is about what they change, or leaves something behind. */
  readonly alone?: true;
  /** It is not changed back without approval. */
  readonly isFinal?: true;
};

export type Refused = FieldCase & {
  /** Of all resources that it is about; `*` stands for anything. */
  readonly because: string;
  /** Otherwise it needs approval, and the message says how to give it. */
  readonly reason?: 'DeletionBlocked';
};

export type Impossible = FieldCase & {
  readonly because: string;
  /** What was made for it before AWS was to be asked. */
  readonly changes?: readonly string[];
};

export type Faulty = FieldCase & { readonly says: string };

export type ByField<Case> = Readonly<Record<string, Case>>;

/** By the path of a field in the schema; what else can be changed has words after it. */
export type FieldCases = {
  readonly changed: ByField<Changed>;
  /** Not done as it is. */
  readonly refused?: ByField<Refused>;
  /** What AWS does in no way. */
  readonly impossible?: ByField<Impossible>;
  /** What no manifest may say. */
  readonly faulty?: ByField<Faulty>;
};

/** All of them; of a field that is in several, the last counts. */
export function allOf(...some: readonly FieldCases[]): FieldCases {
  return {
    changed: Object.assign({}, ...some.map(({ changed }) => changed)),
    refused: Object.assign({}, ...some.map(({ refused }) => refused)),
    impossible: Object.assign({}, ...some.map(({ impossible }) => impossible)),
    faulty: Object.assign({}, ...some.map(({ faulty }) => faulty)),
  };
}

/** The paths of the fields that have a case. */
export function fieldsIn({
  changed,
  refused = {},
  impossible = {},
  faulty = {},
}: FieldCases): readonly string[] {
  const names = [changed, refused, impossible, faulty].flatMap((cases) => Object.keys(cases));
  return [...new Set(names.map((name) => name.replace(/[, ].*$/, '')))];
}

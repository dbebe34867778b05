import type { JsonObject } from '../../../controller/manifests/json.ts';

/** Another value of a field. */
type FieldCase = {
  /** What the rest of the spec has to be for that, where it is not the base. */
  readonly given?: JsonObject;
  readonly change: JsonObject;
};

export type Changed = FieldCase & {
  /** What changes in AWS, and nothing else does; `*` stands for anything. */
  readonly changes: readonly string[];
  /** What of that is left once the manifest is as before. */
  readonly leaves?: readonly string[];
};

export type Refused = FieldCase & { readonly because: string };

export type Impossible = FieldCase & {
  readonly because: string;
  /** What was made for it before AWS was to be asked. */
  readonly changes?: readonly string[];
};

export type Faulty = { readonly change: JsonObject; readonly says: string };

/** By the path of a field in the schema; what else can be changed has words after it. */
export type FieldCases = {
  /** Takes the place of fields of the contract. */
  readonly base: JsonObject;
  readonly changed: Readonly<Record<string, Changed>>;
  /** Done with approval only. */
  readonly refused: Readonly<Record<string, Refused>>;
  /** What AWS does in no way. */
  readonly impossible: Readonly<Record<string, Impossible>>;
  /** What no manifest may say. */
  readonly faulty: Readonly<Record<string, Faulty>>;
};

/** The paths of the fields that have a case. */
export function fieldsIn({ changed, refused, impossible, faulty }: FieldCases): readonly string[] {
  const names = [changed, refused, impossible, faulty].flatMap((cases) => Object.keys(cases));
  return [...new Set(names.map((name) => name.replace(/[, ].*$/, '')))];
}

import type { Graph } from './graph.ts';
import type { Inputs } from './ref.ts';
import type { AnyResourceType, Fields } from './resource-type.ts';

/** A fault of a spec that its schema cannot express, with the path of the field inside `spec`. */
export type SpecFault = { readonly path: readonly (string | number)[]; readonly message: string };

/** An object as far as a check of another one may look at it. */
export type OtherObject = {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Fields;
};

export type OtherObjects = {
  /** The object that is checked. */
  readonly self: OtherObject;
  /** The Environment of the namespace; undefined if its manifest is missing or faulty. */
  readonly environment: OtherObject | undefined;
  /** Another object of the same namespace. */
  readonly find: (kind: string, name: string) => OtherObject | undefined;
  /** False only where it is certain that the namespace has no such object. */
  readonly isDefined: (kind: string, name: string) => boolean;
  /** All other objects of a kind, in every namespace. */
  readonly allOf: (kind: string) => readonly OtherObject[];
};

/**
 * A kind is a pure function from a validated spec to a graph and the status made of its outputs.
 * No I/O and no branch on an observed value, so that the whole plan exists before anything does.
 */
export interface Kind<Spec extends Fields, Status extends Fields, Cloud> {
  readonly kind: string;
  /** Every type that any spec of this kind can lead to; later ones refer to earlier ones. */
  readonly types: readonly AnyResourceType<Cloud>[];
  build(spec: Spec, graph: Graph<Cloud>): Inputs<Status>;
  /** What the schema cannot say; asked before anything of AWS is. */
  check?(spec: Spec, others: OtherObjects): readonly SpecFault[];
  /** Conditions for parts of the object: the nodes, by prefix of their ids, that each speaks of. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  /** Outside of office hours it stops what costs by the hour: it is Ready then with the reason `Asleep`. */
  readonly sleeps?: true;
}

/** A kind whose spec and status are only known to itself: what the daemon works with. */
export interface AnyKind<Cloud> {
  readonly kind: string;
  readonly types: readonly AnyResourceType<Cloud>[];
  build(spec: Fields, graph: Graph<Cloud>): Fields;
  check?(spec: Fields, others: OtherObjects): readonly SpecFault[];
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  /** Outside of office hours it stops what costs by the hour: it is Ready then with the reason `Asleep`. */
  readonly sleeps?: true;
}

import type { Graph } from './graph.ts';
import type { Input } from './ref.ts';
import type { AnyResourceType, Fields } from './resource-type.ts';

/** A fault of a spec that its schema cannot express, with the path of the field inside `spec`. */
export type SpecFault = { readonly path: readonly (string | number)[]; readonly message: string };

/**
 * A kind is a pure function from a validated spec to a graph and the status made of its outputs.
 * No I/O and no branch on an observed value, so that the whole plan exists before anything does.
 */
export interface Kind<Spec extends Fields, Status extends Fields, Cloud> {
  readonly kind: string;
  /** Every type that any spec of this kind can lead to; later ones refer to earlier ones. */
  readonly types: readonly AnyResourceType<Cloud>[];
  build(spec: Spec, graph: Graph<Cloud>): Input<Status>;
  check?(spec: Spec): readonly SpecFault[];
  /** Conditions for parts of the object: the nodes, by prefix of their ids, that each speaks of. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
}

export type AnyKind<Cloud> = Kind<Fields, Fields, Cloud>;

/**
 * What the engine remembers of one object between passes. Losing it costs calls, never a resource:
 * everything here can be found again from AWS, or guards a moment that has passed by then.
 */
export type Memory = {
  /** Digest of the graph that was last applied to its end: later differences from it are drift. */
  readonly appliedHash?: string;
  /** Resources seen or made, by type and node: `ec2/subnet app-a`. */
  readonly resources: Readonly<Record<string, RememberedResource>>;
  /** Creations whose outcome is not known, by type and node; recorded before the call. */
  readonly intents: Readonly<Record<string, Intent>>;
  /** Tag keys that were put on by us, so that one that leaves the manifest also leaves AWS. */
  readonly tagKeys: readonly string[];
  /** What was approved and is not yet done to its end. */
  readonly approval?: Approval;
};

/** An approval is of a plan, and the plan changes with its first step: so it is kept what it was about. */
export type Approval = {
  /** The hash that a person approved. */
  readonly hash: string;
  /** Digest of the graph that the plan was for: another spec needs another approval. */
  readonly digest: string;
  /** The refused steps, as `replace ec2/subnet data-a subnet-1`. */
  readonly steps: readonly string[];
};

export type RememberedResource = {
  readonly type: string;
  readonly id: string;
  /** Milliseconds since the epoch; present until every list shows the new resource. */
  readonly createdAt?: number;
};

export type Intent = {
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

export const emptyMemory: Memory = { resources: {}, intents: {}, tagKeys: [] };

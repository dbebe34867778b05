/** One custom resource from a manifest, valid, with every default filled in. Deeply frozen plain JSON. */
export type ManifestObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  /** Where the document begins; `file` is relative to the manifest directory, with `/`. */
  readonly source: { readonly file: string; readonly line: number };
  /** Set on an object that is kept from an earlier reading because its manifest cannot be used now. */
  readonly stale?: true;
};

/** Something a person has to mend in a file. Lines and columns count from 1. */
export type Problem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly object?: string;
  readonly field?: string;
  readonly message: string;
};

export type ManifestSet = {
  /** False if a part of the directory could not be read; nothing may be concluded from what is absent then. */
  readonly readable: boolean;
  /** By Kind/namespace/name, or Kind/name for what is cluster-scoped. */
  readonly objects: ReadonlyMap<string, ManifestObject>;
  readonly problems: readonly Problem[];
};

/** A set together with what stands in the files but could not be used. */
export type ManifestReading = ManifestSet & {
  /** The keys of objects that are defined, but not validly. */
  readonly invalid: ReadonlySet<string>;
  /** Files (or links to directories) that hold something of which it is unknown which object it is. */
  readonly broken: ReadonlySet<string>;
};

export const apiGroup = 'fintech.global';

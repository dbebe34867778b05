import type { ManifestObject } from './manifest.ts';

/** What a rule may look up besides the spec that it checks. */
export type OtherObjects = {
  /** The object that is checked. */
  readonly self: ManifestObject;
  /** The Environment of the object's namespace; undefined if there is none whose manifest fits its schema. */
  readonly environment: ManifestObject | undefined;
  /** An object of the same namespace whose manifest fits its schema. */
  readonly find: (kind: string, name: string) => ManifestObject | undefined;
  /**
   * Whether the namespace defines this object, validly or not. Also true for everything while a file cannot be
   * understood, so that one mistake is not reported a second time as a missing object.
   */
  readonly isDefined: (kind: string, name: string) => boolean;
  /** All objects of a kind in every namespace, but not the checked one, whose manifests fit their schemas. */
  readonly allOf: (kind: string) => readonly ManifestObject[];
};

export type Violation = {
  /** The way from the spec to the value: `['lifecycle', 0, 'prefix']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Set when the mistake is the key at the end of the path, and not its value. */
  readonly at?: 'key';
};

/** What must hold for the objects of a kind beyond its schema. Called only with a spec that fits the schema. */
export type KindRules = {
  readonly kind: string;
  check(spec: Readonly<Record<string, unknown>>, others: OtherObjects): readonly Violation[];
};

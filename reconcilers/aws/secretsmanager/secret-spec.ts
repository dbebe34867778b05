export type SecretSpec = {
  readonly name: string;
  readonly description: string;
  /** undefined: encrypted with AWS's own key `aws/secretsmanager`. */
  readonly kmsKeyArn: string | undefined;
  /** How many days AWS keeps a deleted secret, in which the deletion can be taken back: 7 to 30. */
  readonly recoveryWindowDays: number;
  /** undefined: never by itself. */
  readonly rotateAfterDays: number | undefined;
  /** RFC 3339: a value that was made before is followed by another. */
  readonly notOlderThan: string | undefined;
  /** What is generated into it, if anything. No list tells, so it is undefined in what was observed. */
  readonly content: SecretContent | undefined;
  /** Wanted is always `Active`. */
  readonly secretState: 'Active' | 'PendingDeletion';
  /** `due` is a value too old whose successor is not made yet. Wanted is `current`, or `any` while nobody could take one. */
  readonly age: 'current' | 'due' | 'any';
};

export type SecretContent =
  | (GeneratedText & {
      readonly kind: 'json';
      /** What is no secret: user name, engine, port. */
      readonly fixed: Readonly<Record<string, string | number>>;
      readonly generatedKey: string;
    })
  | (GeneratedText & { readonly kind: 'text' })
  | { readonly kind: 'binary'; readonly bytes: number }
  /** Made empty: a person puts the value, which is never read, rotated or overwritten here. */
  | { readonly kind: 'external' };

export type GeneratedText = {
  /** 4 to 4096. */
  readonly length: number;
  readonly excludeCharacters: string;
  /** Letters and digits only: AWS is asked for one of every sort, of which none may be excluded character by character. */
  readonly excludePunctuation?: true;
};

export type SecretOutputs = {
  readonly arn: string;
  readonly name: string;
  /** False until a person has put the value of an external one. */
  readonly hasValue: boolean;
  /** The version in force (AWSCURRENT); empty if there is none. */
  readonly versionId: string;
  /**
   * The version that is to be in force: the one that rotation made (AWSPENDING), or `versionId`. Who uses the
   * secret makes it valid where it is used, and then promotes it.
   */
  readonly newestVersionId: string;
};

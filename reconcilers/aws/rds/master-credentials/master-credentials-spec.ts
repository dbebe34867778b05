/** What a database and the secret of its master user know of each other. */
export type MasterCredentialsSpec = {
  readonly secretArn: string;
  /** The version of the secret that is to be in force: its `newestVersionId`. */
  readonly secretVersion: string;
  readonly databaseKind: 'cluster' | 'instance';
  readonly identifier: string;
  /** Where applications connect: it is written into the secret. */
  readonly host: string;
  readonly port: number;
  /** For a restored database, which comes with the password of its source. */
  readonly writesFirstPassword: boolean;
};

export type MasterCredentialsOutputs = {
  readonly secretArn: string;
  /**
   * The version in force whose password the database has. During a rotation it is the one before, and undefined where
   * that is not known to be valid: nobody is told of a version that does not work yet.
   */
  readonly versionId: string | undefined;
};

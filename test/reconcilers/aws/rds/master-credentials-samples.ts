import { CreateDBClusterCommand, CreateDBInstanceCommand } from '@aws-sdk/client-rds';
import { DescribeSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Fields, ResourceType } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { MasterCredentialsSpec } from '../../../../reconcilers/aws/rds/master-credentials/master-credentials-spec.ts';
import { MasterCredentials } from '../../../../reconcilers/aws/rds/master-credentials/master-credentials.ts';
import { readMasterPassword } from '../../../../reconcilers/aws/rds/master-credentials/master-password.ts';
import type { SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';
import { readSecret } from '../../../../reconcilers/aws/secretsmanager/secret-value.ts';
import { pendingVersion } from '../../../../reconcilers/aws/secretsmanager/staging-labels.ts';
import { Secret } from '../../../../reconcilers/aws/secretsmanager/secret.ts';
import type { Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { sampleSecret } from '../secretsmanager/secret-samples.ts';

const owner = 'LedgerDatabase/test/ledger';
const identifier = 'ledger';
const MasterUsername = 'fintechadmin';

const secretSpec: SecretSpec = { ...sampleSecret('fintech/db-credentials'), rotateAfterDays: 30 };

/** A database, its secret and what connects the two, as an object of one kind has them. */
export class Database {
  readonly emulator: Emulator;
  readonly connection: TestConnection;
  readonly secretArn: string;
  spec: MasterCredentialsSpec;
  /** Everything that was thrown and listed, for a look at what it tells. */
  readonly seen: unknown[] = [];

  private constructor(emulator: Emulator, connection: TestConnection, spec: MasterCredentialsSpec) {
    this.emulator = emulator;
    this.connection = connection;
    this.secretArn = spec.secretArn;
    this.spec = spec;
  }

  static async prepare(
    emulator: Emulator,
    databaseKind: 'cluster' | 'instance',
    password?: string,
  ): Promise<Database> {
    await emulator.reset();
    const connection = connectTo(emulator.endpoint);
    const { aws } = connection;
    const tags = { [ownerTag]: owner, [nodeTag]: 'credentials' };
    const { id: secretArn } = await Secret.create(aws, secretSpec, { owner, node: 'credentials', tags });
    const MasterUserPassword = password ?? (await readMasterPassword(aws, secretArn));
    const host = await (databaseKind === 'cluster' ? makeCluster : makeInstance)(aws, MasterUserPassword);
    const { versionId: secretVersion } = await readSecret(aws, secretArn);
    return new Database(emulator, connection, {
      secretArn,
      secretVersion,
      databaseKind,
      identifier,
      host,
      port: 5432,
      writesFirstPassword: false,
    });
  }

  get aws(): Aws {
    return this.connection.aws;
  }

  /** Another process, which remembers nothing. */
  restarted(): Database {
    return new Database(this.emulator, connectTo(this.emulator.endpoint), this.spec);
  }

  /** What the engine does in a pass. True if nothing is left to do. */
  async pass(): Promise<boolean> {
    const [[secret], [current]] = await Promise.all([
      Secret.list(this.aws, [queryOf('credentials')]),
      MasterCredentials.list(this.aws, [queryOf('master')]),
    ]);
    if (secret === undefined) throw new Error('the secret is gone');
    this.seen.push(secret, current);
    this.spec = { ...this.spec, secretVersion: secret.outputs.newestVersionId };
    const ofSecret = differences(Secret, secretSpec, secret.spec);
    const ofMaster = current && differences(MasterCredentials, this.spec, current.spec);
    try {
      if (ofSecret.length > 0) await Secret.update(this.aws, secret, secretSpec, ofSecret);
      if (current === undefined || ofMaster === undefined)
        await MasterCredentials.create(this.aws, this.spec, { owner, node: 'master', tags: {} });
      else if (ofMaster.length > 0) await MasterCredentials.update(this.aws, current, this.spec, ofMaster);
    } catch (error) {
      this.seen.push(error);
      if (error instanceof NotReady) return false;
      throw error;
    }
    return ofSecret.length === 0 && ofMaster?.length === 0;
  }

  /** The version that others are told to be in force and valid. */
  async version(): Promise<string | undefined> {
    const [current] = await MasterCredentials.list(this.aws, [queryOf('master')]);
    return current?.outputs.versionId;
  }

  async converge(): Promise<void> {
    for (let pass = 0; pass < 12; pass += 1) if (await this.pass()) return;
    throw new Error('it does not converge');
  }

  async changes(): Promise<readonly { readonly field: string; readonly expected: boolean }[]> {
    const [current] = await MasterCredentials.list(this.aws, [queryOf('master')]);
    const changes = differences<Aws>(MasterCredentials, this.spec, current?.spec ?? {});
    const { fields }: Pick<ResourceType<Fields, Fields, Aws>, 'fields'> = MasterCredentials;
    return changes.map(({ field, to, from }) => ({
      field,
      expected: fields[field]?.isExpected?.(to, from) === true,
    }));
  }

  async writesDuring(action: () => Promise<unknown>): Promise<readonly string[]> {
    const calls = await this.connection.during(action);
    return calls.filter(({ mutating }) => mutating).map(({ operation }) => operation);
  }

  /** What is done with a password that is due. */
  async rotate(): Promise<void> {
    const [secret] = await Secret.list(this.aws, [queryOf('credentials')]);
    if (secret === undefined) throw new Error('the secret is gone');
    const due = { ...secret.spec, age: 'due' } as const;
    await Secret.update(this.aws, secret, secretSpec, differences(Secret, secretSpec, due));
    const { VersionIdsToStages } = await this.secret();
    this.spec = { ...this.spec, secretVersion: pendingVersion(VersionIdsToStages) ?? '' };
  }

  /** A value in force, as a person puts it. */
  async put(value: Fields): Promise<void> {
    await this.aws.secrets.send(
      new PutSecretValueCommand({ SecretId: this.secretArn, SecretString: JSON.stringify(value) }),
    );
    this.spec = { ...this.spec, secretVersion: (await readSecret(this.aws, this.secretArn)).versionId };
  }

  /** What applications read. */
  async value(): Promise<Fields> {
    return (await readSecret(this.aws, this.secretArn)).parts();
  }

  async passwordOfDatabase(): Promise<string> {
    return (await this.emulator.revealDatabase(this.spec.databaseKind, identifier)).password;
  }

  /** Versions by their labels, and the tag. */
  async secret() {
    return this.aws.secrets.send(new DescribeSecretCommand({ SecretId: this.secretArn }));
  }
}

export function queryOf(node: string) {
  return {
    owner,
    names: new Map<string, string>(),
    known: new Map<string, string>(),
    unconfirmed: new Set<string>(),
    node,
  };
}

async function makeCluster({ rds }: Aws, MasterUserPassword: string): Promise<string> {
  const made = await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier: identifier,
      Engine: 'aurora-postgresql',
      EngineVersion: '15.4',
      MasterUsername,
      MasterUserPassword,
    }),
  );
  return made.DBCluster?.Endpoint ?? '';
}

async function makeInstance({ rds }: Aws, MasterUserPassword: string): Promise<string> {
  const made = await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      EngineVersion: '15.4',
      AllocatedStorage: 20,
      MasterUsername,
      MasterUserPassword,
    }),
  );
  return made.DBInstance?.Endpoint?.Address ?? '';
}

import { DescribeDBClustersCommand, FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { readAwsState } from '../../aws-state.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { withoutChoiceOfWriter } from '../../crash/cluster-roles.ts';
import type { DataState } from '../../data-state/resources.ts';
import { readDataState } from '../../data-state/state.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { mutating, type Controller, type Pass } from '../../product.ts';
import { contract, controllerWithNetwork, ledger, ledgerKey, withoutLedger, type Changes } from './ledger.ts';

const { tables: ofContract, credentials: itsCredentials, cache: itsCache } = specOf(contract.ledger);

/** Those of the contract. */
export const tables: readonly JsonObject[] = Array.isArray(ofContract) ? ofContract.filter(isJsonObject) : [];
export const credentials: JsonObject = isJsonObject(itsCredentials) ? itsCredentials : {};
export const cache: JsonObject = isJsonObject(itsCache) ? itsCache : {};

/** Nothing but an Aurora cluster with its writer. */
export const alone: JsonObject = { readers: 0, readerAutoscaling: undefined, cache: undefined, tables: [] };

/** Nothing but one instance of RDS. */
export const singleInstance: JsonObject = {
  ...alone,
  readers: undefined,
  engine: 'postgres',
  storage: { allocatedGiB: 100, maxGiB: 200 },
  multiAz: true,
  dataApi: false,
};

/** One of everything that a ledger can have: a writer, a reader, a cache, and a table that is scaled. */
export const oneOfEach: JsonObject = { tables: tables.slice(0, 1) };

export const otherPartitionKey: JsonObject = {
  tables: [{ ...tables[0], partitionKey: { name: 'accountId', type: 'S' } }],
};

const mostPasses = 30;

/** A ledger on an emulator, from its creation to its deletion, while somebody looks on. */
export class LedgerLife {
  readonly emulator: Emulator;
  /** Somebody else's: what they write is seen by nobody. */
  readonly clients: Clients;
  controller: Controller;

  static async start(): Promise<LedgerLife> {
    const emulator = await startEmulator();
    return new LedgerLife(emulator, await controllerWithNetwork(emulator.endpoint));
  }

  private constructor(emulator: Emulator, controller: Controller) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
    this.controller = controller;
  }

  /** An account with nothing but the network, and a controller that knows of nothing else. */
  async clear(): Promise<void> {
    this.controller.close();
    await this.emulator.reset();
    this.controller = await controllerWithNetwork(this.emulator.endpoint);
  }

  async stop(): Promise<void> {
    this.controller.close();
    await this.emulator.stop();
  }

  async apply(spec: JsonObject, annotations: JsonObject = {}): Promise<void> {
    await this.controller.apply(ledger({ spec, annotations }));
  }

  /** The checkout after somebody removed the manifest of the ledger. */
  async remove(environment: Changes['environment'] = {}): Promise<void> {
    await this.controller.apply(withoutLedger(environment));
  }

  pass(): Promise<Pass> {
    return this.controller.pass(ledgerKey);
  }

  /** Another manifest, and what was done until nothing was left to do. */
  async change(spec: JsonObject, annotations: JsonObject = {}): Promise<readonly Pass[]> {
    await this.apply(spec, annotations);
    return this.controller.converge(ledgerKey, mostPasses);
  }

  /** Passes until one wrote nothing, because all that is left waits for something, or until the ledger is gone. */
  async untilQuiet(): Promise<readonly Pass[]> {
    const made: Pass[] = [];
    while (!this.isGone && made.length < mostPasses) {
      const pass = await this.pass();
      made.push(pass);
      if (mutating(pass.calls).length === 0) return made;
    }
    if (this.isGone) return made;
    throw new Error(`${ledgerKey} still writes after ${mostPasses} passes`);
  }

  get isGone(): boolean {
    return this.controller.objects.get(ledgerKey) === undefined;
  }

  condition(type: string): string | undefined {
    return this.controller.conditions(ledgerKey)[type];
  }

  get status(): JsonObject {
    return JSON.parse(JSON.stringify(this.controller.record(ledgerKey).status));
  }

  /** What a refusal says, and the hash with which it would be let through. */
  get refusal(): { readonly says: string; readonly hash: string } {
    const says = this.condition('Stalled') ?? '';
    const [, hash = ''] = /fintech\.global\/approve: "([0-9a-f]{12})"/.exec(says) ?? [];
    return { says, hash };
  }

  /** The number of the instance that writes, and those of all others. */
  async members(): Promise<{ readonly writer: number | undefined; readonly readers: readonly number[] }> {
    const { DBClusters: [cluster] = [] } = await this.clients.rds.send(new DescribeDBClustersCommand({}));
    const all = cluster?.DBClusterMembers ?? [];
    const writer = all.find(({ IsClusterWriter }) => IsClusterWriter);
    const readers = all.filter((member) => member !== writer);
    return {
      writer: writer && numberOf(writer.DBInstanceIdentifier),
      readers: readers.map((reader) => numberOf(reader.DBInstanceIdentifier)).toSorted((a, b) => a - b),
    };
  }

  /** Of instances that are made at the same time, which one writes is chance. */
  async letWrite(number: number): Promise<void> {
    if ((await this.members()).writer === number) return;
    const TargetDBInstanceIdentifier = `production-ledger-instance-${number}`;
    const DBClusterIdentifier = 'production-ledger-cluster';
    const failover = { DBClusterIdentifier, TargetDBInstanceIdentifier };
    await this.clients.rds.send(new FailoverDBClusterCommand(failover));
  }

  /** Of the master user: what applications read, and what the database takes. */
  async passwords(): Promise<{ readonly inSecret: unknown; readonly inForce: string }> {
    const wanted = new GetSecretValueCommand({ SecretId: 'fintech/db-credentials' });
    const { SecretString = '' } = await this.clients.secrets.send(wanted);
    const { password, host }: { readonly password?: unknown; readonly host?: unknown } =
      JSON.parse(SecretString);
    const [identifier = ''] = String(host).split('.');
    const kind = identifier.endsWith('-cluster') ? 'cluster' : 'instance';
    return { inSecret: password, inForce: (await this.emulator.revealDatabase(kind, identifier)).password };
  }

  /** Everything in the account that a ledger can have. */
  async state(): Promise<DataState> {
    const [data, { keys, roles }] = await Promise.all([
      readDataState(this.clients),
      readAwsState(this.clients),
    ]);
    return { ...withoutChoiceOfWriter(data), keys, roles };
  }
}

/** `DeleteDBCluster cluster`, in the order of their ends. */
export function writesIn(passes: readonly Pass[]): readonly string[] {
  return passes
    .flatMap(({ calls }) => calls)
    .filter((call) => call.mutating)
    .map(writeOf);
}

function writeOf({ operation, node, outcome, errorCode }: AwsCall): string {
  const write = `${operation} ${node ?? ''}`;
  return outcome === 'success' ? write : `${write} (${errorCode ?? outcome})`;
}

function specOf({ spec }: JsonObject): JsonObject {
  if (!isJsonObject(spec)) throw new Error('a manifest has a spec');
  return spec;
}

function numberOf(instance = ''): number {
  return Number(instance.replace('production-ledger-instance-', ''));
}

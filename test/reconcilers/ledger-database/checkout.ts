import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import { clientsFor, type Clients } from '../../clients.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { fasterClock, readingOf, type Controller, type Pass } from '../../product.ts';
import { credentialsIn } from './access.ts';
import { contract, controllerWithNetwork, ledgerKey, smallNetwork } from './ledger.ts';
import { withSpec } from '../contract-manifest.ts';
import { merged } from './runbook.ts';

/** How the ledger of the contract is called in AWS. */
export const cluster = 'production-ledger-cluster';
export const instance = 'production-ledger-instance';

/** What is in git, somebody who commits, a controller that follows, and an account with nothing but a network. */
export class Checkout {
  readonly emulator: Emulator;
  readonly clients: Clients;
  environment = contract.environment;
  ledger = contract.ledger;
  private current: Controller | undefined;

  static async start(): Promise<Checkout> {
    return new Checkout(await startEmulator());
  }

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
    this.clients = clientsFor(emulator.endpoint);
  }

  get controller(): Controller {
    if (this.current === undefined) throw new Error('nothing has begun');
    return this.current;
  }

  /** The database of the contract with these fields in the place of its own. */
  async begin(spec: JsonObject): Promise<void> {
    this.environment = contract.environment;
    this.ledger = withSpec(contract.ledger, spec);
    this.current = await controllerWithNetwork(this.emulator.endpoint, fasterClock(100));
    await this.commit();
  }

  /** The ledger as it is now, and other manifests beside it. */
  async commit(...others: readonly JsonObject[]): Promise<readonly Pass[]> {
    await this.apply(this.ledger, ...others);
    return this.controller.converge(ledgerKey, 60);
  }

  /** A commit of what a runbook says. */
  async follow(change: JsonObject | undefined): Promise<readonly Pass[]> {
    if (change === undefined) throw new Error('the runbook has no such part of a manifest');
    this.ledger = merged(this.ledger, change);
    return this.commit();
  }

  /** A commit without the ledger. */
  async remove(): Promise<readonly Pass[]> {
    await this.apply();
    return this.controller.converge(ledgerKey, 60);
  }

  /** Nothing but the Environment, the network, and these. */
  async apply(...manifests: readonly JsonObject[]): Promise<void> {
    await this.controller.apply(readingOf(this.environment, smallNetwork, ...manifests));
  }

  get conditions(): Readonly<Record<string, string>> {
    return this.controller.conditions(ledgerKey);
  }

  /** Whether the database is opened by what this secret says. */
  async isOpen(identifier: string, secret: string, kind: 'cluster' | 'instance' = 'cluster') {
    const { password } = await this.emulator.revealDatabase(kind, identifier);
    return password === (await credentialsIn(this.clients, secret))['password'];
  }

  async writer(): Promise<string | undefined> {
    const { DBClusters: [found] = [] } = await this.clients.rds.send(
      new DescribeDBClustersCommand({ DBClusterIdentifier: cluster }),
    );
    return found?.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
  }

  async clear(): Promise<void> {
    this.current?.close();
    this.current = undefined;
    await this.emulator.reset();
  }
}

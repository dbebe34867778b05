import { ListTagsForResourceCommand, ModifyReplicationGroupCommand } from '@aws-sdk/client-elasticache';
import { differences } from '../../../../controller/engine/compare.ts';
import { NotReady } from '../../../../controller/engine/errors.ts';
import type { Change, OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import { arnOf } from '../../../../reconcilers/aws/elasticache/arn.ts';
import type { ReplicationGroupSpec } from '../../../../reconcilers/aws/elasticache/replication-group-spec.ts';
import { ReplicationGroup } from '../../../../reconcilers/aws/elasticache/replication-group.ts';
import type { Emulator } from '../../../emulator/start.ts';
import { connectTo, type TestConnection } from '../connect.ts';
import { creationOf, makeSurroundings, sampleCache, type Surroundings } from './cache-samples.ts';

export const owner = 'Ledger/test/ledger';
export const name = 'test-ledger-cache';
export const creation = creationOf(owner, 'cache');
export const query: OwnerQuery = {
  owner,
  names: new Map([['cache', name]]),
  known: new Map(),
  unconfirmed: new Set(),
};

/** One cache, brought to what is wanted as the engine does it. */
export class CachePasses {
  readonly emulator: Emulator;
  readonly connection: TestConnection;
  readonly surroundings: Surroundings;
  readonly spec: ReplicationGroupSpec;

  constructor(emulator: Emulator, connection: TestConnection, surroundings: Surroundings) {
    this.emulator = emulator;
    this.connection = connection;
    this.surroundings = surroundings;
    this.spec = sampleCache(name, surroundings);
  }

  static async prepare(emulator: Emulator): Promise<CachePasses> {
    await emulator.reset();
    const connection = connectTo(emulator.endpoint);
    return new CachePasses(emulator, connection, await makeSurroundings(connection.aws));
  }

  /** As a process that remembers nothing. */
  restarted(): CachePasses {
    return new CachePasses(this.emulator, connectTo(this.emulator.endpoint), this.surroundings);
  }

  get aws() {
    return this.connection.aws;
  }

  create(wanted: ReplicationGroupSpec) {
    return ReplicationGroup.create(this.aws, wanted, creation);
  }

  async current() {
    const [found] = await ReplicationGroup.list(this.aws, [query]);
    if (found === undefined) throw new Error('the cache is gone');
    return found;
  }

  async changes(wanted: ReplicationGroupSpec): Promise<readonly Change[]> {
    return differences(ReplicationGroup, wanted, (await this.current()).spec);
  }

  /** True if nothing was left to do. NotReady is what comes of steps that are not the last. */
  async pass(wanted: ReplicationGroupSpec): Promise<boolean> {
    const found = await this.current();
    const different = differences(ReplicationGroup, wanted, found.spec);
    if (different.length === 0) return true;
    if (found.state === 'pending') return false;
    await ReplicationGroup.update(this.aws, found, wanted, different).catch((error: unknown) => {
      if (!(error instanceof NotReady)) throw error;
    });
    return false;
  }

  /** States that are held end after each pass. */
  async converge(wanted: ReplicationGroupSpec): Promise<void> {
    for (let passes = 0; passes < 16; passes += 1) {
      if (await this.pass(wanted)) return;
      await this.emulator.release();
    }
    throw new Error(`still differs: ${JSON.stringify(await this.changes(wanted))}`);
  }

  /** Calls that were accepted. */
  async writesDuring(action: () => Promise<unknown>): Promise<readonly string[]> {
    const calls = await this.connection.during(action);
    return calls
      .filter(({ mutating, outcome }) => mutating && outcome === 'success')
      .map(({ operation }) => operation);
  }

  /** With the SDK alone. */
  changeToken(AuthToken: string, AuthTokenUpdateStrategy: 'SET' | 'ROTATE'): Promise<unknown> {
    const change = { ReplicationGroupId: name, AuthToken, AuthTokenUpdateStrategy, ApplyImmediately: true };
    return this.aws.elasticache.send(new ModifyReplicationGroupCommand(change));
  }

  async allTags(): Promise<string> {
    const ResourceName = arnOf(this.aws, 'replicationgroup', name);
    return JSON.stringify(await this.aws.elasticache.send(new ListTagsForResourceCommand({ ResourceName })));
  }
}

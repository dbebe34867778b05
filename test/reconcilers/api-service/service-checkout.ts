import type { JsonObject } from '../../../controller/manifests/json.ts';
import { smallNetwork } from '../ledger-database/ledger.ts';
import { merged } from '../ledger-database/runbook.ts';
import { readingOf, type Pass } from '../../product.ts';
import type { RunningService } from './running-service.ts';
import { contract, smallLedger } from './service.ts';

/** What is in git, somebody who commits, and a service that follows. */
export class ServiceCheckout {
  readonly running: RunningService;
  environment = contract.environment;
  service = contract.service;

  /** @param running begun with the service of the contract, or before it */
  constructor(running: RunningService) {
    this.running = running;
  }

  async clear(): Promise<void> {
    this.environment = contract.environment;
    this.service = contract.service;
    await this.running.clear();
  }

  /** A commit of what a runbook says, and all that came of it without AWS's doing. */
  async follow(change: JsonObject | undefined): Promise<readonly Pass[]> {
    if (change === undefined) throw new Error('the runbook has no such part of a manifest');
    this.service = merged(this.service, change);
    return this.commit();
  }

  async commit(): Promise<readonly Pass[]> {
    const set = readingOf(this.environment, smallNetwork, smallLedger, this.service);
    await this.running.life.controller.apply(set);
    return this.running.life.untilQuiet();
  }

  condition(type: string): string {
    return this.running.life.condition(type) ?? '';
  }
}

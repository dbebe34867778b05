import {
  DescribeServicesCommand,
  ListServiceDeploymentsCommand,
  paginateListTaskDefinitions,
  UpdateServiceCommand,
  type Service,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import type { JsonObject } from '../../../controller/manifests/json.ts';
import type { ObjectEvent } from '../../../controller/object.ts';
import { collect } from '../../../reconcilers/aws/pages.ts';
import { Controller, mutating, type Pass } from '../../product.ts';
import { serviceKey } from './service.ts';
import { ServiceLife } from './service-life.ts';

export const place = {
  cluster: 'production-fintech-api-cluster',
  service: 'production-fintech-api-service',
} as const;
export const family = 'production-fintech-api-task';

/** Each new task is there when the emulator is told to go on. */
export const oneByOne = { 'ecs/service': { starting: 'held' } } as const;
/** Tasks of the deployments that begin now fail, and the circuit breaker looks at them when the emulator goes on. */
export const failing = { 'ecs/service': { failing: 'held' } } as const;
export const working = { 'ecs/service': { starting: 0, failing: 0 } } as const;

/** A service of three tasks that runs, and what somebody sees who looks at it in AWS. */
export class RunningService {
  readonly life: ServiceLife;

  static async start(spec: JsonObject = {}): Promise<RunningService> {
    const life = await ServiceLife.start();
    await life.change(spec);
    await life.keep();
    return new RunningService(life);
  }

  /** Its network and database are there, and it is not. */
  static async startBefore(): Promise<RunningService> {
    return new RunningService(await ServiceLife.start());
  }

  private constructor(life: ServiceLife) {
    this.life = life;
  }

  /** As it was at the start. */
  async clear(): Promise<void> {
    await this.life.clear();
  }

  /** The controller ends, and begins anew with what it remembers. */
  restart(): void {
    const { controller, emulator, clock } = this.life;
    controller.close();
    this.life.controller = new Controller(emulator.endpoint, controller.objects.all.values(), clock);
  }

  /** A commit of another tag, and its deployment as far as it gets without AWS. */
  async deploy(tag: string, spec: JsonObject = {}): Promise<readonly Pass[]> {
    return this.commit({ ...spec, image: { repository: 'fintech-api', tag } });
  }

  async commit(spec: JsonObject): Promise<readonly Pass[]> {
    await this.life.apply(spec);
    return this.life.untilQuiet();
  }

  /** Lets the circuit breaker give up what fails. */
  async giveUp(): Promise<readonly Pass[]> {
    await this.life.emulator.setLifecycles(working);
    await this.life.emulator.release();
    return this.life.untilQuiet();
  }

  /** What somebody does to the service by hand, or autoscaling by itself. */
  async byHand(change: Partial<UpdateServiceCommandInput>): Promise<void> {
    await this.life.clients.ecs.send(new UpdateServiceCommand({ ...place, ...change }));
  }

  async described(): Promise<Service> {
    const command = new DescribeServicesCommand({ cluster: place.cluster, services: [place.service] });
    const [service] = (await this.life.clients.ecs.send(command)).services ?? [];
    if (service === undefined) throw new Error('there is no service');
    return service;
  }

  /** The numbers of revisions that are active, the oldest first. */
  async revisions(): Promise<readonly number[]> {
    const { ecs: client } = this.life.clients;
    const pages = paginateListTaskDefinitions({ client }, { familyPrefix: family });
    return (await collect(pages, ({ taskDefinitionArns }) => taskDefinitionArns)).map(revisionOf);
  }

  /** What became of each deployment, the oldest first. */
  async deployments(): Promise<readonly (string | undefined)[]> {
    const { serviceDeployments = [] } = await this.life.clients.ecs.send(
      new ListServiceDeploymentsCommand(place),
    );
    return serviceDeployments.map(({ status }) => status).toReversed();
  }

  /** The revision that requests are answered by. */
  get served(): number {
    return revisionOf(String(this.life.status['taskDefinitionArn']));
  }

  get events(): readonly ObjectEvent[] {
    return this.life.controller.record(serviceKey).events;
  }

  /** Whether anybody was told that somebody had changed something. */
  get hasSeenDrift(): boolean {
    return this.events.some(({ reason }) => reason.startsWith('Drift'));
  }
}

export function revisionOf(arn: string): number {
  return Number(arn.split(':').at(-1));
}

/** `RegisterTaskDefinition`, of all calls that wrote, in their order. */
export function operationsIn(passes: readonly Pass[]): readonly string[] {
  return passes.flatMap(({ calls }) => mutating(calls)).map((call) => call.replace(/^\w+ /, ''));
}

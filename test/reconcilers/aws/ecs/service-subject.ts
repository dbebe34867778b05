import { differences } from '../../../../controller/engine/compare.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ServiceSpec } from '../../../../reconcilers/aws/ecs/service-spec.ts';
import { Service } from '../../../../reconcilers/aws/ecs/service.ts';
import { creationOf, query } from './ecs-samples.ts';

/** One service, looked after as the engine does it. */
export class ServiceSubject {
  private readonly aws: Aws;
  spec: ServiceSpec;

  constructor(aws: Aws, spec: ServiceSpec) {
    this.aws = aws;
    this.spec = spec;
  }

  create() {
    return Service.create(this.aws, this.spec, creationOf('service'));
  }

  async current() {
    const [found] = await Service.list(this.aws, [query]);
    if (found === undefined) throw new Error('the service is gone');
    return found;
  }

  async changes() {
    return differences(Service, this.spec, (await this.current()).spec);
  }

  async update(change: Partial<ServiceSpec> = {}): Promise<void> {
    this.spec = { ...this.spec, ...change };
    await Service.update(this.aws, await this.current(), this.spec, await this.changes());
  }

  async delete(): Promise<void> {
    await Service.delete(this.aws, await this.current());
  }
}

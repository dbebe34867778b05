import { startFaultProxy, type FaultProxy } from '../../emulator/fault-proxy.ts';
import { Controller } from '../../product.ts';
import { waysIn, type WaysIn } from './onlooker-ways.ts';
import type { ServiceLife } from './service-life.ts';

/** What a client finds, and after which call of the product. */
export type Sight = WaysIn & { readonly after: string };

/** Looks at AWS after every call of the product that writes, and whenever the product looks at the service. */
export class Onlooker {
  readonly life: ServiceLife;
  private readonly proxy: FaultProxy;
  private readonly looking: { at: Sight[] | undefined };

  static async of(life: ServiceLife): Promise<Onlooker> {
    const looking: { at: Sight[] | undefined } = { at: undefined };
    const proxy = await startFaultProxy(life.emulator.endpoint, {
      // Before the product hears of it, so that nothing that waits for it has begun.
      afterForward: async ({ operation, mutating }) => {
        const { at } = looking;
        if (at === undefined || !(mutating || operation === 'DescribeServices')) return;
        at.push({ after: operation, ...(await waysIn(life.clients)) });
      },
    });
    return new Onlooker(life, proxy, looking);
  }

  private constructor(life: ServiceLife, proxy: FaultProxy, looking: { at: Sight[] | undefined }) {
    this.life = life;
    this.proxy = proxy;
    this.looking = looking;
  }

  /** Looks once before, and then on until the action is over. */
  async watch(action: () => Promise<unknown>): Promise<readonly Sight[]> {
    const { life, proxy } = this;
    const records = [...life.controller.objects.all.values()];
    life.controller.close();
    life.controller = new Controller(proxy.endpoint, records, life.clock);
    const sights: Sight[] = [{ after: 'nothing', ...(await waysIn(life.clients)) }];
    this.looking.at = sights;
    await action();
    this.looking.at = undefined;
    return [...sights, { after: 'everything', ...(await waysIn(life.clients)) }];
  }

  async stop(): Promise<void> {
    await this.proxy.stop();
    await this.life.stop();
  }
}

/** When fewer than so many tasks answered on a port that there was, or a task waited for requests in vain. */
export function interruptionsIn(sights: readonly Sight[], tasks: number): readonly string[] {
  return sights.flatMap(({ after, answering, stranded }) => [
    ...Object.entries({ 80: 0, ...answering })
      .filter(([, answer]) => answer < tasks)
      .map(([port, answer]) => `after ${after} ${answer} of ${tasks} tasks answer on ${port}`),
    ...strandedIn({ after, stranded }),
  ]);
}

/** When tasks were registered where no listener leads to. */
export function strandedIn({ after, stranded }: Pick<Sight, 'after' | 'stranded'>): readonly string[] {
  return stranded === 0 ? [] : [`after ${after} no listener leads to ${stranded} tasks`];
}

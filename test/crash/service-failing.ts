import type { Clients } from '../clients.ts';
import type { Emulator } from '../emulator/start.ts';
import type { Fault, Point } from './fault.ts';
import type { Run, Struck, SweepLane } from './lane.ts';
import type { LifeLane } from './life-lane.ts';

/** Where the good end of a life is that a failed deployment is told, and that the next life leaves it at that. */
export class FailingLane implements SweepLane {
  readonly lane: LifeLane;

  constructor(lane: LifeLane) {
    this.lane = lane;
  }

  get clients(): Clients {
    return this.lane.clients;
  }

  get emulator(): Emulator {
    return this.lane.emulator;
  }

  async run(fault?: Fault): Promise<Run> {
    const run = await this.lane.run(fault);
    if (run.code === undefined) return run;
    if (!tellsFailure(run)) return { ...run, code: 1 };
    const next = await this.lane.run();
    const again = next.writes.map(({ operation }) => operation).join(' ');
    if (again !== '' || !tellsFailure(next)) return { ...next, code: 1, said: `${again} ${next.said}` };
    return { ...run, code: 0 };
  }

  killedAt(points: readonly Point[]): AsyncIterable<Struck> {
    return this.lane.killedAt(points);
  }

  async converge(): Promise<Run> {
    const run = await this.run();
    if (run.code !== 0) throw new Error(`the failure was not told, or not left at: ${run.said}`);
    return run;
  }
}

function tellsFailure({ said }: Run): boolean {
  return /deployment of \S+ failed \(ROLLBACK_SUCCESSFUL\): /.test(said);
}

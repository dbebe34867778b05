import type { Clock } from '../../../controller/engine/clock.ts';
import { systemClock } from '../../../controller/time.ts';

/** How many times faster than ours its time goes by. */
const factor = 100;

/** A clock that is set to a time, goes on from there, and can be put forward. */
export class MovingClock implements Clock {
  private time: number;
  private setAt = systemClock.now();

  /** @param time RFC 3339 */
  constructor(time: string) {
    this.time = Date.parse(time);
  }

  now(): number {
    return this.time + (systemClock.now() - this.setAt) * factor;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(milliseconds / factor, signal);
  }

  moveTo(time: string): void {
    const next = Date.parse(time);
    if (next < this.now()) throw new Error(`${time} is past already`);
    this.startAgainAt(time);
  }

  /** Only for what begins anew, and has seen no later time. */
  startAgainAt(time: string): void {
    this.time = Date.parse(time);
    this.setAt = systemClock.now();
  }
}

import type { Clock } from '../../controller/engine/clock.ts';
import { systemClock } from '../../controller/time.ts';

/** Who sleeps has slept after a fiftieth of the time. */
const HASTE = 50;

/** A clock whose time can be skipped, and set back to what it was. */
export class SkippingClock implements Clock {
  private ahead: number;

  /** @param ahead milliseconds by which it is ahead of the system's */
  constructor(ahead: number) {
    this.ahead = ahead;
  }

  now(): number {
    return systemClock.now() + this.ahead;
  }

  set(time: number): void {
    this.ahead = time - systemClock.now();
  }

  skip(milliseconds: number): void {
    this.ahead += milliseconds;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const wakeAt = this.now() + milliseconds;
    await systemClock.sleep(milliseconds / HASTE, signal);
    this.skip(Math.max(0, wakeAt - this.now()));
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from './cloud.ts';

/** For so many milliseconds a read waits for others to ask for the same. */
const WINDOW = 5;

/** A read that several types or objects ask for within a moment, and that is one call then. Nothing is kept. */
export class SharedRead<Value> {
  private readonly read: (aws: Aws, key: string) => Promise<Value>;
  private readonly waiting = new WeakMap<Aws, Map<string, Promise<Value>>>();

  constructor(read: (aws: Aws, key: string) => Promise<Value>) {
    this.read = read;
  }

  of(aws: Aws, key: string): Promise<Value> {
    const ofCloud = this.waiting.get(aws) ?? new Map<string, Promise<Value>>();
    this.waiting.set(aws, ofCloud);
    const joined = ofCloud.get(key);
    if (joined !== undefined) return joined;
    const answer = sleep(WINDOW).then(() => {
      // Who asks from now on is not told what was before.
      ofCloud.delete(key);
      return this.read(aws, key);
    });
    ofCloud.set(key, answer);
    return answer;
  }
}

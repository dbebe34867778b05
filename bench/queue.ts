import { priorities, Queue } from '../controller/queue.ts';
import { systemClock } from '../controller/time.ts';

/** Keys through the queue in a second, added in disorder and twice over, taken by ten workers. */
export async function measureQueue(keys: number): Promise<number> {
  const queue = new Queue(systemClock);
  const started = performance.now();
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < keys; number += 1) {
      const priority = (number * 7) % 3 === 0 ? priorities.resync : priorities.manifestChange;
      queue.add(`Bench/bench/object-${(number * 7_919) % keys}`, { priority });
    }
  }
  let left = keys;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const item = await queue.get();
      if (item !== undefined) queue.done(item.key);
    }
  };
  await Promise.all(Array.from({ length: 10 }, work));
  return (keys / (performance.now() - started)) * 1_000;
}

import type { Clock } from '../controller/engine/clock.ts';
import { keyOf, type ObjectRecord } from '../controller/object.ts';
import type { AwsCall } from '../reconcilers/aws/calls/call.ts';
import { systemClock } from '../controller/time.ts';
import { Controller } from '../test/product.ts';

/** What looking at objects costs in calls when all are as they should be. */
export type NothingToDo = {
  readonly 'nothing to do: calls of the service alone': number;
  readonly 'nothing to do: calls of everything at once': number;
  /** Of these. */
  readonly 'nothing to do: calls that the service adds': number;
  readonly 'nothing to do: writes': number;
};

/** Within a minute after it was written a dashboard is read at every look. */
const afterThat: Clock = { ...systemClock, now: () => systemClock.now() + 120_000 };

/** By a controller that was started again. Its first look, which reads what it keeps afterwards, is not counted. */
export async function countNothingToDo(
  endpoint: string,
  records: readonly ObjectRecord[],
  service: string,
): Promise<NothingToDo> {
  const controller = new Controller(endpoint, records, afterThat);
  const all = records.map(keyOf);
  const others = all.filter((key) => key !== service);
  await look(controller, all);
  const alone = await look(controller, [service]);
  const together = await look(controller, all);
  const without = await look(controller, others);
  controller.close();
  return {
    'nothing to do: calls of the service alone': alone.length,
    'nothing to do: calls of everything at once': together.length,
    'nothing to do: calls that the service adds': together.length - without.length,
    'nothing to do: writes': together.filter(({ mutating }) => mutating).length,
  };
}

async function look(controller: Controller, keys: readonly string[]): Promise<readonly AwsCall[]> {
  const before = controller.calls.length;
  const passes = await Promise.all(keys.map((key) => controller.pass(key)));
  const failed = passes.find(({ verdict }) => verdict.error !== undefined);
  if (failed !== undefined) throw new Error('something is left to do', { cause: failed.verdict.error });
  return controller.calls.slice(before);
}

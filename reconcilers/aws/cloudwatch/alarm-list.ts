import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { ownedTags } from '../owned.ts';
import { describeAlarm } from './alarm-description.ts';
import { alarmSpecOf } from './alarm-settings.ts';
import type { AlarmOutputs, AlarmSpec } from './alarm-spec.ts';
import { alarmNameIn } from './arn.ts';
import { alarmTags } from './tags.ts';

type ObservedAlarm = Observed<AlarmSpec, AlarmOutputs>;

/** Alarms by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listAlarms(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedAlarm[]> {
  const indexed = await ownedTags(aws, 'cloudwatch:alarm', queries, alarmNameIn);
  const names = new Set(indexed.keys());
  for (const query of queries)
    for (const name of [...query.names.values(), ...query.known.values()]) names.add(name);
  const found = await Promise.all([...names].map((name) => observe(aws, name, indexed.get(name), queries)));
  return found.flat();
}

/** Nothing if it is not there, goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  name: string,
  inIndex: Tags | undefined,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedAlarm[]> {
  try {
    const { arn, alarm } = (await describeAlarm(aws, name)) ?? {};
    if (arn === undefined || alarm === undefined) return [];
    const tags = await alarmTags.of(aws, arn, inIndex);
    return claimsOn(name, tags, queries).map((claim) => ({
      ...claim,
      id: name,
      state: 'ready',
      spec: alarmSpecOf(alarm),
      outputs: { arn, name },
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

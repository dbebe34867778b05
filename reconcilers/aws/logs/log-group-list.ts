import { paginateDescribeLogGroups, type LogGroup as SdkLogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { ownedTags } from '../owned.ts';
import { arnOf, nameIn } from './log-group-arn.ts';
import type { LogGroupOutputs, LogGroupSpec } from './log-group-spec.ts';
import { logGroupTags } from './log-group-tags.ts';

type ObservedLogGroup = Observed<LogGroupSpec, LogGroupOutputs>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
const IDENTIFIERS_PER_CALL = 50;

/** Groups by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listLogGroups(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLogGroup[]> {
  const indexed = await ownedTags(aws, 'logs:log-group', queries, nameIn);
  const names = new Set(indexed.keys());
  for (const query of queries)
    for (const name of [...query.names.values(), ...query.known.values()]) names.add(name);
  const groups = await describeLogGroups(aws, [...names]);
  const found = await Promise.all(groups.map((group) => observe(aws, group, indexed, queries)));
  return found.flat();
}

/** The identifiers filter: one that nothing has is no error. */
async function describeLogGroups({ logs: client }: Aws, names: readonly string[]): Promise<SdkLogGroup[]> {
  const groups: SdkLogGroup[] = [];
  for (let start = 0; start < names.length; start += IDENTIFIERS_PER_CALL) {
    const logGroupIdentifiers = names.slice(start, start + IDENTIFIERS_PER_CALL);
    for await (const page of paginateDescribeLogGroups({ client }, { logGroupIdentifiers }))
      groups.push(...(page.logGroups ?? []));
  }
  return groups;
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  group: SdkLogGroup,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedLogGroup[]> {
  const name = group.logGroupName ?? '';
  try {
    const tags = await logGroupTags.of(aws, arnOf(aws, name), indexed.get(name));
    return claimsOn(name, tags, queries).map((claim) => ({
      ...claim,
      id: name,
      state: 'ready',
      spec: {
        name,
        retentionDays: group.retentionInDays,
        kmsKeyArn: group.kmsKeyId,
        logGroupClass: group.logGroupClass ?? 'STANDARD',
      },
      outputs: { arn: arnOf(aws, name), name },
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

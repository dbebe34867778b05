import {
  ModifyCacheParameterGroupCommand,
  paginateDescribeCacheParameters,
  ResetCacheParameterGroupCommand,
} from '@aws-sdk/client-elasticache';
import type { Aws } from '../cloud.ts';

export type Parameters = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html */
const PARAMETERS_PER_CALL = 20;

/** Those that somebody set, which is few of many hundreds. ElastiCache tells them of one group per call. */
export async function readParameters({ elasticache: client }: Aws, name: string): Promise<Parameters> {
  const found: Record<string, string> = {};
  const search = { CacheParameterGroupName: name, Source: 'user' };
  for await (const page of paginateDescribeCacheParameters({ client }, search))
    for (const { ParameterName = '', ParameterValue = '' } of page.Parameters ?? [])
      found[ParameterName] = ParameterValue;
  return found;
}

/** Sets what is wanted, then puts the rest back to the defaults. */
export async function writeParameters(
  { elasticache }: Aws,
  CacheParameterGroupName: string,
  wanted: Parameters,
  actual: Parameters,
): Promise<void> {
  const different = Object.entries(wanted).filter(([name, value]) => actual[name] !== value);
  for (const some of inCalls(different)) {
    const ParameterNameValues = some.map(([ParameterName, ParameterValue]) => ({
      ParameterName,
      ParameterValue,
    }));
    await elasticache.send(
      new ModifyCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues }),
    );
  }
  const leftOver = Object.keys(actual).filter((name) => !(name in wanted));
  for (const some of inCalls(leftOver)) {
    const ParameterNameValues = some.map((ParameterName) => ({ ParameterName }));
    await elasticache.send(
      new ResetCacheParameterGroupCommand({ CacheParameterGroupName, ParameterNameValues }),
    );
  }
}

function inCalls<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const calls = Math.ceil(items.length / PARAMETERS_PER_CALL);
  return Array.from({ length: calls }, (_, call) =>
    items.slice(call * PARAMETERS_PER_CALL, (call + 1) * PARAMETERS_PER_CALL),
  );
}

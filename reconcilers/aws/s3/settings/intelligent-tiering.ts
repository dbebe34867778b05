import {
  DeleteBucketIntelligentTieringConfigurationCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  PutBucketIntelligentTieringConfigurationCommand,
  type IntelligentTieringAccessTier,
  type IntelligentTieringConfiguration as SdkConfiguration,
} from '@aws-sdk/client-s3';
import { same } from '../../../../controller/engine/compare.ts';
import { canonical, sameUnordered } from '../../same.ts';
import type { BucketAccess, BucketSetting } from '../setting.ts';
import { fromSdkFilter, toSdkFilter, type ObjectFilter } from './object-filter.ts';

/** When objects in INTELLIGENT_TIERING that nobody reads go into its archive tiers. */
export type IntelligentTieringConfiguration = {
  readonly id: string;
  readonly status: 'Enabled' | 'Disabled';
  readonly filter?: Pick<ObjectFilter, 'prefix' | 'tags'> | undefined;
  readonly tierings: readonly { readonly accessTier: IntelligentTieringAccessTier; readonly days: number }[];
};

type Configurations = readonly IntelligentTieringConfiguration[];

export const intelligentTiering: BucketSetting<Configurations> = {
  severity: 'cost',
  whenNew: [],
  equals: (wanted, actual) => sameUnordered(wanted.map(normal), actual.map(normal)),
  read: readConfigurations,

  async write(bucket, configurations) {
    const { s3, request } = bucket;
    const existing = await readConfigurations(bucket);
    for (const { id } of existing.filter((old) => !configurations.some((wanted) => wanted.id === old.id)))
      await s3.send(new DeleteBucketIntelligentTieringConfigurationCommand({ ...request, Id: id }));
    for (const configuration of configurations) {
      if (existing.some((old) => same(normal(old), normal(configuration)))) continue;
      await s3.send(
        new PutBucketIntelligentTieringConfigurationCommand({
          ...request,
          Id: configuration.id,
          IntelligentTieringConfiguration: toSdk(configuration),
        }),
      );
    }
  },
};

async function readConfigurations({ s3, request }: BucketAccess): Promise<Configurations> {
  const found: SdkConfiguration[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketIntelligentTieringConfigurationsCommand({ ...request, ContinuationToken }),
    );
    found.push(...(page.IntelligentTieringConfigurationList ?? []));
    ContinuationToken = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
  return found.map(fromSdk);
}

function normal(configuration: IntelligentTieringConfiguration): IntelligentTieringConfiguration {
  const { filter = {}, tierings } = configuration;
  return {
    ...configuration,
    filter,
    tierings: tierings.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1)),
  };
}

function toSdk({ id, status, filter, tierings }: IntelligentTieringConfiguration): SdkConfiguration {
  const hasFilter = filter?.prefix !== undefined || filter?.tags !== undefined;
  return {
    Id: id,
    Status: status,
    // Unlike the other rules of a bucket, this one is for all objects when it has no filter at all.
    Filter: hasFilter ? toSdkFilter(filter) : undefined,
    Tierings: tierings.map(({ accessTier, days }) => ({ AccessTier: accessTier, Days: days })),
  };
}

function fromSdk(configuration: SdkConfiguration): IntelligentTieringConfiguration {
  return {
    id: configuration.Id ?? '',
    status: configuration.Status ?? 'Disabled',
    filter: fromSdkFilter(configuration.Filter),
    tierings: (configuration.Tierings ?? []).map(({ AccessTier, Days }) => ({
      accessTier: AccessTier ?? 'ARCHIVE_ACCESS',
      days: Days ?? 0,
    })),
  };
}

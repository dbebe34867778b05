import { GetResourcesCommand, type ResourceTagMapping } from '@aws-sdk/client-resource-groups-tagging-api';
import { ownerTag } from '../../controller/engine/ownership.ts';
import type { OwnerQuery, Tags } from '../../controller/engine/resource-type.ts';
import { BatchedRead } from './batched-read.ts';
import type { Aws } from './cloud.ts';
import { fromSdkTags, withoutAwsTags } from './tags.ts';

/** A resource that the index of tags knows. The index lags behind: it is good for finding, not for comparing. */
export type TaggedResource = { readonly arn: string; readonly owner: string; readonly tags: Tags };

type Search = { readonly owner: string; readonly resourceType: string };

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
const VALUES_PER_FILTER = 20;
const RESOURCES_PER_PAGE = 100;

const searches = new BatchedRead<Search, readonly TaggedResource[]>(findAll);

/**
 * Resources of a type, as the Tagging API names it (`s3`, `kms:key`), that carry the tag of these owners.
 * What is asked for at the same time, of whatever types, becomes one search.
 */
export async function findOwned(
  aws: Aws,
  resourceType: string,
  owners: readonly string[],
): Promise<readonly TaggedResource[]> {
  const found = await Promise.all(owners.map((owner) => searches.of(aws, { owner, resourceType })));
  return found.flat();
}

/** What the index shows of those who ask, without AWS's own tags, by the ARN or by what `nameIn` finds in it. */
export async function ownedTags(
  aws: Aws,
  resourceType: string,
  queries: readonly OwnerQuery[],
  nameIn: (arn: string) => string = (arn) => arn,
): Promise<ReadonlyMap<string, Tags>> {
  const owners = queries.map(({ owner }) => owner);
  const found = await findOwned(aws, resourceType, owners);
  return new Map(found.map(({ arn, tags }) => [nameIn(arn), withoutAwsTags(tags)]));
}

async function findAll(aws: Aws, wanted: readonly Search[]): Promise<readonly TaggedResource[][]> {
  const owners = [...new Set(wanted.map(({ owner }) => owner))];
  const types = [...new Set(wanted.map(({ resourceType }) => resourceType))];
  const parts: Promise<readonly TaggedResource[]>[] = [];
  for (let start = 0; start < owners.length; start += VALUES_PER_FILTER) {
    parts.push(getResources(aws, owners.slice(start, start + VALUES_PER_FILTER), types));
  }
  const found = (await Promise.all(parts)).flat();
  return wanted.map((search) =>
    found.filter(({ owner, arn }) => owner === search.owner && isOfType(arn, search.resourceType)),
  );
}

async function getResources(
  { tagging }: Aws,
  owners: string[],
  types: string[],
): Promise<readonly TaggedResource[]> {
  const found: ResourceTagMapping[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await tagging.send(
      new GetResourcesCommand({
        TagFilters: [{ Key: ownerTag, Values: owners }],
        ResourceTypeFilters: types,
        ResourcesPerPage: RESOURCES_PER_PAGE,
        PaginationToken,
      }),
    );
    found.push(...(page.ResourceTagMappingList ?? []));
    // The last page has an empty token.
    PaginationToken = page.PaginationToken === '' ? undefined : page.PaginationToken;
  } while (PaginationToken !== undefined);
  return found.map(({ ResourceARN = '', Tags }) => {
    const tags = fromSdkTags(Tags);
    return { arn: ResourceARN, owner: tags[ownerTag] ?? '', tags };
  });
}

/** `arn:<partition>:<service>:<region>:<account>:<type>/<id>`, or with a colon behind the type. */
function isOfType(arn: string, resourceType: string): boolean {
  const [service, type] = resourceType.split(':');
  const [, , ofService, , , resource = ''] = arn.split(':');
  return (
    service === ofService && (type === undefined || resource === type || resource.startsWith(`${type}/`))
  );
}

import {
  paginateDescribeTransitGatewayVpcAttachments,
  type TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import type { Filter } from '@aws-sdk/client-ec2';
import type { OwnerQuery } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../cloud.ts';
import { findOwned } from '../../owned.ts';
import { collect } from '../../pages.ts';
import { OwnedResources, type Owned } from '../owned.ts';

const attachments = new OwnedResources<TransitGatewayVpcAttachment>({
  idFilter: 'transit-gateway-attachment-id',
  idOf: (attachment) => attachment.TransitGatewayAttachmentId,
  tagsOf: (attachment) => attachment.Tags,
  describe,
});

/**
 * Few networks have one, and no filter of EC2 knows tags here
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayVpcAttachments.html): so they
 * are searched in the index of tags, and EC2 is asked only about what is found there or known. The index lags
 * behind; when something may have been created that is not known, all of the account's are looked at.
 */
export async function findAttachments(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly Owned<TransitGatewayVpcAttachment>[]> {
  const isInDoubt = queries.some(({ unconfirmed }) => unconfirmed.size > 0);
  const found = isInDoubt ? await describe(aws, []) : await attachments.byIds(aws, await idsOf(aws, queries));
  return found.flatMap((item) => attachments.withOwner(item, queries));
}

async function idsOf(aws: Aws, queries: readonly OwnerQuery[]): Promise<readonly string[]> {
  const owners = queries.map(({ owner }) => owner);
  const indexed = await findOwned(aws, 'ec2:transit-gateway-attachment', owners);
  const known = queries.flatMap((query) => [...query.known.values()]);
  return [...indexed.map(({ arn }) => arn.slice(arn.lastIndexOf('/') + 1)), ...known];
}

async function describe({ ec2: client }: Aws, Filters: Filter[]) {
  const found = await collect(
    paginateDescribeTransitGatewayVpcAttachments({ client }, { Filters }),
    (page) => page.TransitGatewayVpcAttachments,
  );
  // EC2 goes on showing them for two hours.
  return found.filter(({ State }) => State !== 'deleted');
}

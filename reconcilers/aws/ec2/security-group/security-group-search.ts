import { paginateDescribeSecurityGroups, type Filter, type SecurityGroup } from '@aws-sdk/client-ec2';
import type { Aws } from '../../cloud.ts';
import { collect } from '../../pages.ts';
import { OwnedResources } from '../owned.ts';

export const securityGroups = new OwnedResources<SecurityGroup>({
  idFilter: 'group-id',
  idOf: (group) => group.GroupId,
  tagsOf: (group) => group.Tags,
  describe: describeGroups,
});

/** Groups of the VPC by their names, whoever they belong to. */
export async function groupsNamed(
  aws: Aws,
  vpcId: string,
  names: readonly string[],
): Promise<readonly SecurityGroup[]> {
  return describeGroups(aws, [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: [...names] },
  ]);
}

/** Groups with rules that let traffic from or to this one through. */
export async function groupsReferringTo(aws: Aws, groupId: string): Promise<readonly SecurityGroup[]> {
  const filters = ['ip-permission.group-id', 'egress.ip-permission.group-id'];
  const found = await Promise.all(filters.map((Name) => describeGroups(aws, [{ Name, Values: [groupId] }])));
  const others = found.flat().filter(({ GroupId }) => GroupId !== groupId);
  return [...new Map(others.map((group) => [group.GroupId, group])).values()];
}

async function describeGroups({ ec2: client }: Aws, Filters: Filter[]): Promise<readonly SecurityGroup[]> {
  return collect(paginateDescribeSecurityGroups({ client }, { Filters }), (page) => page.SecurityGroups);
}

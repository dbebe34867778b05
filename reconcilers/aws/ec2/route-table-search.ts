import { paginateDescribeRouteTables, type RouteTable } from '@aws-sdk/client-ec2';
import { OwnedResources } from './owned.ts';

export const routeTables = new OwnedResources<RouteTable>({
  idFilter: 'route-table-id',
  idOf: (table) => table.RouteTableId,
  tagsOf: (table) => table.Tags,
  async describe({ ec2: client }, Filters) {
    const found: RouteTable[] = [];
    for await (const page of paginateDescribeRouteTables({ client }, { Filters }))
      found.push(...(page.RouteTables ?? []));
    return found;
  },
});

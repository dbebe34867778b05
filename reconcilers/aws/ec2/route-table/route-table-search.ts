import { paginateDescribeRouteTables, type RouteTable } from '@aws-sdk/client-ec2';
import { collect } from '../../pages.ts';
import { OwnedResources } from '../owned.ts';

export const routeTables = new OwnedResources<RouteTable>({
  idFilter: 'route-table-id',
  idOf: (table) => table.RouteTableId,
  tagsOf: (table) => table.Tags,
  async describe({ ec2: client }, Filters) {
    return collect(paginateDescribeRouteTables({ client }, { Filters }), (page) => page.RouteTables);
  },
});

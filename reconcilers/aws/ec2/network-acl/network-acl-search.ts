import { paginateDescribeNetworkAcls, type NetworkAcl } from '@aws-sdk/client-ec2';
import { collect } from '../../pages.ts';
import { OwnedResources } from '../owned.ts';

/** A description of an ACL names its subnets too: the types of both read it from here, and share the call. */
export const networkAcls = new OwnedResources<NetworkAcl>({
  idFilter: 'network-acl-id',
  idOf: (acl) => acl.NetworkAclId,
  tagsOf: (acl) => acl.Tags,
  async describe({ ec2: client }, Filters) {
    return collect(paginateDescribeNetworkAcls({ client }, { Filters }), (page) => page.NetworkAcls);
  },
});

import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkAclsCommand,
  ReplaceNetworkAclAssociationCommand,
  ReplaceNetworkAclEntryCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
} from '@aws-sdk/client-ec2';
import { missing } from '../drift-row.ts';
import { everywhere, type DriftRow, type Network } from './drift-rows.ts';

const groupPrefix = 'production-core-';
const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
const toEverywhere = { IpRanges: [{ CidrIp: everywhere }] };

const allGroups = [
  'sg-default',
  'sg-load-balancer',
  'sg-app',
  'sg-database',
  'sg-cache',
  'sg-endpoints',
] as const;

/** Rules of security groups, and the groups themselves. */
export const securityGroupDrift: readonly DriftRow[] = [
  {
    what: 'opens SSH to the whole internet in every group',
    change: ({ ec2, id }) => {
      const IpPermissions = [{ ...ssh, ...toEverywhere }];
      const open = (GroupId: string) =>
        ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      return Promise.all(allGroups.map((node) => open(id(node))));
    },
    says: allGroups.map(
      (node) =>
        `ec2/security-group ${node}: ingress.tcp 22 from 0.0.0.0/0 is "", should be absent (security)`,
    ),
  },
  {
    what: 'opens the database to the whole IPv6 internet, and says why',
    change: ({ ec2, id }) => {
      const Ipv6Ranges = [{ CidrIpv6: '::/0', Description: 'only until Friday' }];
      const port = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 };
      return ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: id('sg-database'),
          IpPermissions: [{ ...port, Ipv6Ranges }],
        }),
      );
    },
    says: [
      'ec2/security-group sg-database: ingress.tcp 5432 from ::/0 is only until Friday, should be absent (security)',
    ],
  },
  {
    what: 'lets the database speak to everybody',
    change: ({ ec2, id }) =>
      ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId: id('sg-database'),
          IpPermissions: [{ IpProtocol: '-1', ...toEverywhere }],
        }),
      ),
    says: ['ec2/security-group sg-database: egress.all to 0.0.0.0/0 is "", should be absent (security)'],
  },
  {
    what: 'lets the load balancer into the cache',
    change: ({ ec2, id }) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: id('sg-cache'),
          IpPermissions: [tcpWith(6379, id('sg-load-balancer'))],
        }),
      ),
    says: [
      'ec2/security-group sg-cache: ingress.tcp 6379 from production-core-sg-load-balancer is "", should be absent (security)',
    ],
  },
  {
    what: 'lets everything in the default group speak to everything in it',
    change: ({ ec2, id }) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId: id('sg-default'),
          IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: id('sg-default') }] }],
        }),
      ),
    says: ['ec2/security-group sg-default: ingress.all from default is "", should be absent (security)'],
  },
  {
    what: 'takes from the app the rule that lets the load balancer in',
    change: ({ ec2, id }) =>
      ec2.send(
        new RevokeSecurityGroupIngressCommand({
          GroupId: id('sg-app'),
          IpPermissions: [tcpWith(8080, id('sg-load-balancer'))],
        }),
      ),
    says: [
      'ec2/security-group sg-app: ingress.tcp 8080 from production-core-sg-load-balancer is absent, should be Requests from the load balancer (security)',
    ],
  },
  {
    what: 'describes the rule for clients otherwise',
    change: ({ ec2, id }) => {
      const IpRanges = [{ CidrIp: everywhere, Description: 'temporary' }];
      const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges };
      return ec2.send(
        new UpdateSecurityGroupRuleDescriptionsIngressCommand({
          GroupId: id('sg-load-balancer'),
          IpPermissions: [https],
        }),
      );
    },
    says: [
      'ec2/security-group sg-load-balancer: ingress.tcp 443 from 0.0.0.0/0 is temporary, should be HTTPS from clients (security)',
    ],
  },
  {
    what: 'takes the description from the rule for AWS services',
    change: ({ ec2, id }) =>
      ec2.send(
        new UpdateSecurityGroupRuleDescriptionsEgressCommand({
          GroupId: id('sg-endpoints'),
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...toEverywhere }],
        }),
      ),
    says: [
      'ec2/security-group sg-endpoints: egress.tcp 443 to 0.0.0.0/0 is "", should be AWS services (security)',
    ],
  },
  {
    what: 'deletes the group of the cache, and the rule that refers to it',
    change: deleteCacheGroup,
    says: [
      `ec2/security-group sg-cache ${missing} (security)`,
      `ec2/security-group sg-app: egress.tcp 6379 to ${groupPrefix}sg-cache is absent, should be Connections to the cache (security)`,
    ],
    // The rule can be made when there is the group again that it names, which may be in the same pass.
    writes: 2,
    orFewer: true,
    batch: 1,
  },
];

/** Entries of network ACLs, which subnet has which, and the ACLs themselves. */
export const networkAclDrift: readonly DriftRow[] = [
  {
    what: 'lets SSH into the data subnets before all other entries',
    change: ({ ec2, id }) =>
      ec2.send(
        new CreateNetworkAclEntryCommand({
          NetworkAclId: id('acl-data'),
          RuleNumber: 50,
          Egress: false,
          RuleAction: 'allow',
          Protocol: '6',
          PortRange: { From: 22, To: 22 },
          CidrBlock: everywhere,
        }),
      ),
    says: [
      'ec2/network-acl acl-data: entries.ingress 50 is allow tcp 22 from 0.0.0.0/0, should be absent (security)',
    ],
  },
  {
    what: 'lets the data subnets answer everybody',
    change: ({ ec2, id }) =>
      ec2.send(
        new ReplaceNetworkAclEntryCommand({
          NetworkAclId: id('acl-data'),
          RuleNumber: 100,
          Egress: true,
          RuleAction: 'allow',
          Protocol: '-1',
          CidrBlock: everywhere,
        }),
      ),
    says: [
      'ec2/network-acl acl-data: entries.egress 100 is allow all to 0.0.0.0/0, should be allow tcp 1024-65535 to 10.0.11.0/24 (security)',
    ],
  },
  {
    what: 'deletes the entry for HTTPS to the public subnets',
    change: ({ ec2, id }) =>
      ec2.send(
        new DeleteNetworkAclEntryCommand({
          NetworkAclId: id('acl-public'),
          RuleNumber: 100,
          Egress: false,
        }),
      ),
    says: [
      'ec2/network-acl acl-public: entries.ingress 100 is absent, should be allow tcp 443 from 0.0.0.0/0 (security)',
    ],
  },
  {
    what: 'gives a data subnet the network ACL of the app',
    change: (network) => associate(network, 'data-us-east-1a', network.id('acl-app')),
    says: ['ec2/subnet data-us-east-1a: networkAclId is <acl-app>, should be <acl-data> (security)'],
  },
  {
    what: 'gives an app subnet the default network ACL of the VPC',
    change: async (network) => associate(network, 'app-us-east-1b', await defaultAcl(network)),
    says: ['ec2/subnet app-us-east-1b: networkAclId is default, should be <acl-app> (security)'],
  },
  {
    what: 'deletes the network ACL of the data subnets',
    change: async (network) => {
      const substitute = await defaultAcl(network);
      for (const subnet of ['data-us-east-1a', 'data-us-east-1b'])
        await associate(network, subnet, substitute);
      return network.ec2.send(new DeleteNetworkAclCommand({ NetworkAclId: network.id('acl-data') }));
    },
    says: [`ec2/network-acl acl-data ${missing} (security)`],
    batch: 2,
  },
];

function tcpWith(port: number, GroupId: string) {
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId }] };
}

/** EC2 deletes no group that a rule of another one names. */
async function deleteCacheGroup({ ec2, id }: Network): Promise<unknown> {
  const IpPermissions = [tcpWith(6379, id('sg-cache'))];
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id('sg-app'), IpPermissions }));
  return ec2.send(new DeleteSecurityGroupCommand({ GroupId: id('sg-cache') }));
}

async function associate({ ec2, id }: Network, subnet: string, NetworkAclId: string): Promise<unknown> {
  const Filters = [{ Name: 'association.subnet-id', Values: [id(subnet)] }];
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const associations = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  const association = associations.find(({ SubnetId }) => SubnetId === id(subnet));
  const AssociationId = association?.NetworkAclAssociationId;
  return ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
}

async function defaultAcl({ ec2, id }: Network): Promise<string> {
  const Filters = [
    { Name: 'vpc-id', Values: [id('vpc')] },
    { Name: 'default', Values: ['true'] },
  ];
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  return NetworkAcls[0]?.NetworkAclId ?? '';
}

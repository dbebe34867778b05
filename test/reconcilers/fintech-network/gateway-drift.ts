import {
  CreateTagsCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteVpcEndpointsCommand,
  DetachInternetGatewayCommand,
  ModifyVpcEndpointCommand,
  ReleaseAddressCommand,
  type ModifyVpcEndpointCommandInput,
} from '@aws-sdk/client-ec2';
import { missing } from '../drift-row.ts';
import type { DriftRow, Network } from './drift-rows.ts';

const natMissing = (zone: string) => `ec2/nat-gateway nat-${zone} ${missing} (availability)`;
/** Its route leads nowhere until the new one can be used. */
const lostWay = (zone: string) =>
  `ec2/route-table routes-app-${zone}: routes.0.0.0.0/0 is <nat-${zone}>, should be nat-* (security)`;
const logs = 'interface-endpoint-logs';

/** The ways out of the VPC. */
export const gatewayDrift: readonly DriftRow[] = [
  {
    what: 'deletes a NAT gateway',
    change: (network) => deleteNat(network, 'us-east-1a'),
    says: [natMissing('us-east-1a')],
    later: [lostWay('us-east-1a')],
    writes: 2,
    batch: 2,
  },
  {
    what: 'deletes a NAT gateway and releases its address',
    change: async (network) => {
      const AllocationId = network.id('nat-us-east-1b-address');
      await deleteNat(network, 'us-east-1b');
      return network.ec2.send(new ReleaseAddressCommand({ AllocationId }));
    },
    says: [natMissing('us-east-1b'), `ec2/elastic-ip nat-us-east-1b-address ${missing} (availability)`],
    later: [lostWay('us-east-1b')],
    writes: 2,
    batch: 2,
  },
  {
    what: 'detaches the internet gateway, for which the NAT gateways have to go',
    change: detachInternetGateway,
    says: [
      natMissing('us-east-1a'),
      natMissing('us-east-1b'),
      'ec2/internet-gateway internet-gateway: vpcId is absent, should be <vpc> (availability)',
    ],
    later: [lostWay('us-east-1a'), lostWay('us-east-1b')],
    writes: 4,
    orFewer: true,
    batch: 4,
  },
  {
    what: 'deletes the internet gateway with the NAT gateways',
    change: async (network) => {
      await detachInternetGateway(network);
      const InternetGatewayId = network.id('internet-gateway');
      return network.ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    },
    says: [
      natMissing('us-east-1a'),
      natMissing('us-east-1b'),
      `ec2/internet-gateway internet-gateway ${missing} (availability)`,
    ],
    later: [lostWay('us-east-1a'), lostWay('us-east-1b')],
    writes: 4,
    orFewer: true,
    batch: 5,
  },
  {
    what: 'names a NAT gateway otherwise',
    change: ({ ec2, id }) => {
      const Tags = [{ Key: 'Name', Value: 'my NAT' }];
      return ec2.send(new CreateTagsCommand({ Resources: [id('nat-us-east-1a')], Tags }));
    },
    says: [
      'ec2/nat-gateway nat-us-east-1a: tags.Name is my NAT, should be production-core-nat-us-east-1a (cost)',
    ],
  },
];

/** The ways to AWS services. */
export const endpointDrift: readonly DriftRow[] = [
  {
    what: 'deletes a gateway endpoint',
    change: (network) => deleteEndpoint(network, 'gateway-endpoint-dynamodb'),
    says: [`ec2/vpc-endpoint gateway-endpoint-dynamodb ${missing} (availability)`],
  },
  {
    what: 'deletes an interface endpoint',
    change: (network) => deleteEndpoint(network, 'interface-endpoint-sts'),
    says: [`ec2/vpc-endpoint interface-endpoint-sts ${missing} (availability)`],
  },
  {
    what: 'lets other accounts through the endpoint of S3',
    change: (network) => modify(network, 'gateway-endpoint-s3', { ResetPolicy: true }),
    says: [
      'ec2/vpc-endpoint gateway-endpoint-s3: policy.Version is 2008-10-17, should be 2012-10-17 (security)',
      'ec2/vpc-endpoint gateway-endpoint-s3: policy.Statement is [{"Effect":"Allow","Principal":"*"*, should be [{"Sid":"OwnAccount"* (security)',
    ],
  },
  {
    what: 'lets other accounts through the endpoint of the KMS',
    change: (network) => modify(network, 'interface-endpoint-kms', { PolicyDocument: everything }),
    says: [
      'ec2/vpc-endpoint interface-endpoint-kms: policy.Statement is [{"Effect":"Allow"*}], should be [{"Sid":"OwnAccount"*"aws:PrincipalAccount"* (security)',
    ],
  },
  {
    what: 'puts an endpoint behind the group of the app',
    change: (network) =>
      modify(network, logs, {
        AddSecurityGroupIds: [network.id('sg-app')],
        RemoveSecurityGroupIds: [network.id('sg-endpoints')],
      }),
    says: [
      `ec2/vpc-endpoint ${logs}: securityGroupIds is ["<sg-app>"], should be ["<sg-endpoints>"] (security)`,
    ],
  },
  {
    what: 'takes an endpoint out of a zone',
    change: (network) =>
      modify(network, 'interface-endpoint-ssm', { RemoveSubnetIds: [network.id('app-us-east-1b')] }),
    says: [
      'ec2/vpc-endpoint interface-endpoint-ssm: subnetIds is ["<app-us-east-1a>"], should be ["<app-us-east-1a>","<app-us-east-1b>"] (availability)',
    ],
  },
  {
    what: 'switches the private DNS of an endpoint off',
    change: (network) => modify(network, 'interface-endpoint-ecr-api', { PrivateDnsEnabled: false }),
    says: ['ec2/vpc-endpoint interface-endpoint-ecr-api: privateDns is false, should be true (availability)'],
  },
  {
    what: 'takes the data subnets from the endpoint of S3',
    change: (network) =>
      modify(network, 'gateway-endpoint-s3', { RemoveRouteTableIds: [network.id('routes-data')] }),
    says: [
      'ec2/vpc-endpoint gateway-endpoint-s3: routeTableIds is ["<routes-app-us-east-1*>","<routes-app-us-east-1*>"], should be ["<routes-app-us-east-1a>","<routes-app-us-east-1b>","<routes-data>"] (availability)',
    ],
  },
  {
    what: 'lets the public subnets use the endpoint of S3',
    change: (network) =>
      modify(network, 'gateway-endpoint-s3', { AddRouteTableIds: [network.id('routes-public')] }),
    says: [
      'ec2/vpc-endpoint gateway-endpoint-s3: routeTableIds is [*"<routes-public>"*], should be ["<routes-app-us-east-1a>","<routes-app-us-east-1b>","<routes-data>"] (availability)',
    ],
    batch: 1,
  },
];

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});

export function deleteNat({ ec2, id }: Network, zone: string): Promise<unknown> {
  return ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id(`nat-${zone}`) }));
}

/** EC2 lets it go only when nothing in the VPC has a public address. */
async function detachInternetGateway(network: Network): Promise<unknown> {
  for (const zone of ['us-east-1a', 'us-east-1b']) await deleteNat(network, zone);
  const gateway = { InternetGatewayId: network.id('internet-gateway'), VpcId: network.id('vpc') };
  return network.ec2.send(new DetachInternetGatewayCommand(gateway));
}

export function deleteEndpoint({ ec2, id }: Network, node: string): Promise<unknown> {
  return ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id(node)] }));
}

function modify(
  { ec2, id }: Network,
  node: string,
  changes: Omit<ModifyVpcEndpointCommandInput, 'VpcEndpointId'>,
): Promise<unknown> {
  return ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id(node), ...changes }));
}

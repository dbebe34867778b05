import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';

/** Where load balancers are: a VPC with an internet gateway, a subnet in each of three zones, and two security groups. */
export type LoadBalancerPlaces = {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string, string];
  readonly securityGroupIds: readonly [string, string];
};

export async function makeLoadBalancerPlaces(ec2: EC2Client, region: string): Promise<LoadBalancerPlaces> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand());
  const InternetGatewayId = InternetGateway?.InternetGatewayId;
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
  const subnet = async (number: number, zone: string): Promise<string> => {
    const AvailabilityZone = `${region}${zone}`;
    const wanted = new CreateSubnetCommand({ VpcId, AvailabilityZone, CidrBlock: `10.0.${number}.0/24` });
    return (await ec2.send(wanted)).Subnet?.SubnetId ?? '';
  };
  const group = async (GroupName: string): Promise<string> => {
    const wanted = new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName });
    return (await ec2.send(wanted)).GroupId ?? '';
  };
  return {
    vpcId: VpcId,
    subnetIds: [await subnet(0, 'a'), await subnet(1, 'b'), await subnet(2, 'c')],
    securityGroupIds: [await group('public'), await group('other')],
  };
}

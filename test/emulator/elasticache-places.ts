import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';

/** Where caches are: a VPC with a subnet in each of two zones, and two security groups. */
export type Places = {
  readonly vpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly securityGroupIds: readonly [string, string];
};

export async function makePlaces(ec2: EC2Client, region: string): Promise<Places> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
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
    subnetIds: [await subnet(0, 'a'), await subnet(1, 'b')],
    securityGroupIds: [await group('cache'), await group('other')],
  };
}

import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNetworkAclCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteTagsCommand,
} from '@aws-sdk/client-ec2';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation, Observed, OwnerQuery, Tags } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { tagSpecification } from '../../../../reconcilers/aws/ec2/tags.ts';

/** Networks as somebody else makes them: what the resources under test live in. */
export async function makeVpc({ ec2 }: Aws, CidrBlock = '10.0.0.0/16'): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  return idOf(Vpc?.VpcId);
}

export async function makeSubnet({ ec2 }: Aws, VpcId: string, CidrBlock: string): Promise<string> {
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
  return idOf(Subnet?.SubnetId);
}

export async function makeInternetGateway({ ec2 }: Aws): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand());
  return idOf(InternetGateway?.InternetGatewayId);
}

export async function attachInternetGateway(aws: Aws, VpcId: string): Promise<string> {
  const InternetGatewayId = await makeInternetGateway(aws);
  await aws.ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

export async function makeNetworkAcl({ ec2 }: Aws, VpcId: string, tags: Tags = {}): Promise<string> {
  const TagSpecifications = Object.keys(tags).length === 0 ? [] : tagSpecification('network-acl', tags);
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId, TagSpecifications }));
  return idOf(NetworkAcl?.NetworkAclId);
}

/** Takes all tags away, as somebody else would. */
export function removeTagsOf({ ec2 }: Aws) {
  return ({ id }: Pick<Observed, 'id'>) => ec2.send(new DeleteTagsCommand({ Resources: [id] }));
}

export function creationOf(owner: string, node = 'node'): Creation {
  return { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
}

export function queryOf(owner: string, known: ReadonlyMap<string, string> = new Map()): OwnerQuery {
  return { owner, names: new Map(), known, unconfirmed: new Set() };
}

export function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error('EC2 gave no id');
  return id;
}

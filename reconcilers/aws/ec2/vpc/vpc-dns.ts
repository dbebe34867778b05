import { DescribeVpcAttributeCommand, ModifyVpcAttributeCommand } from '@aws-sdk/client-ec2';
import { NotFound } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { InTurns } from '../../in-turns.ts';
import type { VpcSpec } from './vpc-spec.ts';

/** Two settings that EC2 tells of one VPC, and one setting, per call. */
export type VpcDns = Pick<VpcSpec, 'dnsSupport' | 'dnsHostnames'>;

/**
 * So many VPCs are asked anew in one list. Of the others in a longer list the last reading counts, those not
 * read for longest coming first: with 20 networks one list in five leaves a VPC out, and finds a change by hand
 * that much later.
 */
const READ_PER_LIST = 16;

const turns = new InTurns<Record<string, VpcDns | undefined>>(READ_PER_LIST);
/** All VPCs of an account and region take turns. */
const GROUP = 'vpcs';

/** The settings of these VPCs: those never read, and those not read for longest, as they are now. */
export async function readVpcDns(aws: Aws, vpcIds: readonly string[]): Promise<ReadonlyMap<string, VpcDns>> {
  const reads = Object.fromEntries(vpcIds.map((id) => [id, () => readOne(aws, id)]));
  const result = new Map<string, VpcDns>();
  for (const [id, dns] of Object.entries(await turns.of(aws, GROUP, reads))) {
    if (dns === undefined) forgetVpcDns(aws, id);
    else result.set(id, dns);
  }
  return result;
}

/**
 * AWS changes one setting per call, and has host names only where the resolver answers:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html
 */
export async function writeVpcDns(aws: Aws, VpcId: string, current: VpcDns, wanted: VpcDns): Promise<void> {
  const EnableDnsSupport = { Value: wanted.dnsSupport };
  const EnableDnsHostnames = { Value: wanted.dnsHostnames };
  const writes = [
    ...(wanted.dnsSupport === current.dnsSupport ? [] : [{ EnableDnsSupport }]),
    ...(wanted.dnsHostnames === current.dnsHostnames ? [] : [{ EnableDnsHostnames }]),
  ];
  try {
    for (const setting of wanted.dnsSupport ? writes : writes.toReversed())
      await aws.ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...setting }));
  } finally {
    forgetVpcDns(aws, VpcId);
  }
}

/** The next list asks for it anew, if there is one. */
export function forgetVpcDns(aws: Aws, vpcId: string): void {
  turns.forget(aws, GROUP, vpcId);
}

/** Undefined if the VPC goes while it is looked at. */
async function readOne({ ec2 }: Aws, VpcId: string): Promise<VpcDns | undefined> {
  try {
    const [support, hostnames] = await Promise.all([
      ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' })),
      ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' })),
    ]);
    return {
      dnsSupport: support.EnableDnsSupport?.Value === true,
      dnsHostnames: hostnames.EnableDnsHostnames?.Value === true,
    };
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

import { DescribeVpcAttributeCommand, ModifyVpcAttributeCommand } from '@aws-sdk/client-ec2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import type { VpcSpec } from './vpc-spec.ts';

/** Two settings that EC2 tells of one VPC, and one setting, per call. */
export type VpcDns = Pick<VpcSpec, 'dnsSupport' | 'dnsHostnames'>;

/**
 * So many VPCs are asked anew in one list. Of the others in a longer list the last reading counts, those not
 * read for longest coming first: with 20 networks one list in five leaves a VPC out, and finds a change by hand
 * that much later.
 */
const READ_PER_LIST = 16;

/** In the order of reading: the first was not read for longest. */
const readings = new WeakMap<Aws, Map<string, VpcDns>>();

/** The settings of these VPCs: those never read, and those not read for longest, as they are now. */
export async function readVpcDns(aws: Aws, vpcIds: readonly string[]): Promise<ReadonlyMap<string, VpcDns>> {
  const read = readingsOf(aws);
  const unread = vpcIds.filter((id) => !read.has(id));
  const oldest = [...read.keys()].filter((id) => vpcIds.includes(id));
  const due = [...unread, ...oldest.slice(0, Math.max(0, READ_PER_LIST - unread.length))];
  const result = new Map([...read].filter(([id]) => vpcIds.includes(id) && !due.includes(id)));
  const found = await Promise.all(due.map(async (id) => [id, await readOne(aws, id)] as const));
  for (const [id, dns] of found) {
    read.delete(id);
    if (dns === undefined) continue;
    read.set(id, dns);
    result.set(id, dns);
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
  readingsOf(aws).delete(vpcId);
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

function readingsOf(aws: Aws): Map<string, VpcDns> {
  const known = readings.get(aws) ?? new Map<string, VpcDns>();
  readings.set(aws, known);
  return known;
}

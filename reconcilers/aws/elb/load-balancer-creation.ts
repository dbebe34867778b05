import {
  CreateLoadBalancerCommand,
  DescribeLoadBalancersCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Created, Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { writeAccessLogs, writeSettings } from './load-balancer-attributes.ts';
import type { LoadBalancerOutputs, LoadBalancerSpec } from './load-balancer-spec.ts';
import { elbTags, readTags } from './tags.ts';

/** AWS takes minutes to provide it: what is made is told by the next list. */
export async function createLoadBalancer(
  aws: Aws,
  spec: LoadBalancerSpec,
  creation: Creation,
): Promise<Created<LoadBalancerOutputs>> {
  // AWS gives back a load balancer of the same name and settings as if it had just made it, whoever has it.
  const existing = await arnOfName(aws, spec.name);
  if (existing !== undefined) {
    const what = `a load balancer ${spec.name} exists already`;
    makeSureItIsOurs(what, await readTags(aws, existing), creation);
    return { id: existing };
  }
  const { LoadBalancers = [] } = await aws.elb.send(
    new CreateLoadBalancerCommand({
      Name: spec.name,
      Type: 'application',
      Scheme: spec.scheme,
      Subnets: [...spec.subnetIds],
      SecurityGroups: [...spec.securityGroupIds],
      IpAddressType: spec.ipAddressType,
      Tags: toSdkTags(creation.tags),
    }),
  );
  const id = LoadBalancers[0]?.LoadBalancerArn ?? '';
  elbTags.remember(aws, id, creation.tags);
  try {
    await writeSettings(aws, id, spec);
    if (spec.accessLogs !== undefined) await writeAccessLogs(aws, id, spec);
  } catch {
    // An error from here would read as if nothing had been made; the next pass reports what stands in the way.
  }
  return { id };
}

async function arnOfName({ elb }: Aws, name: string): Promise<string | undefined> {
  try {
    const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: [name] }));
    return LoadBalancers[0]?.LoadBalancerArn;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

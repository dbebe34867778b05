import {
  AssociateWebACLCommand,
  DisassociateWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
} from '@aws-sdk/client-wafv2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';

/** Load balancers that a web ACL protects. */
export async function protectedBy({ waf }: Aws, WebACLArn: string): Promise<readonly string[]> {
  const { ResourceArns = [] } = await waf.send(
    new ListResourcesForWebACLCommand({ WebACLArn, ResourceType: 'APPLICATION_LOAD_BALANCER' }),
  );
  return ResourceArns;
}

/** Those that had another web ACL are protected by this one from then on, without a gap. */
export async function associate(
  { waf }: Aws,
  WebACLArn: string,
  resourceArns: readonly string[],
): Promise<void> {
  for (const ResourceArn of resourceArns)
    await waf.send(new AssociateWebACLCommand({ WebACLArn, ResourceArn }));
}

/** A load balancer that has got another web ACL meanwhile keeps it: the call takes whatever it finds. */
export async function disassociate(
  aws: Aws,
  webAclArn: string,
  resourceArns: readonly string[],
): Promise<void> {
  for (const ResourceArn of resourceArns) {
    if ((await webAclOf(aws, ResourceArn)) === webAclArn)
      await ifThere(aws.waf.send(new DisassociateWebACLCommand({ ResourceArn })));
  }
}

/** Undefined if it has none, or is gone. */
async function webAclOf({ waf }: Aws, ResourceArn: string): Promise<string | undefined> {
  try {
    const { WebACL } = await waf.send(new GetWebACLForResourceCommand({ ResourceArn }));
    return WebACL?.ARN;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

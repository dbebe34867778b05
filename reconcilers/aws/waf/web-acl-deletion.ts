import { DeleteWebACLCommand, GetWebACLCommand } from '@aws-sdk/client-wafv2';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { disassociate } from './associations.ts';
import { keyIn } from './web-acl-arn.ts';
import type { ObservedWebAcl } from './web-acl-list.ts';
import { webAclTags } from './web-acl-tags.ts';

/** AWS deletes none that protects anything. */
export async function deleteWebAcl(aws: Aws, { id, spec }: ObservedWebAcl): Promise<void> {
  await disassociate(aws, id, spec.resourceArns);
  await ifThere(remove(aws, id));
  webAclTags.forget(aws, id);
}

async function remove({ waf }: Aws, arn: string): Promise<void> {
  const key = keyIn(arn);
  const { LockToken } = await waf.send(new GetWebACLCommand(key));
  await waf.send(new DeleteWebACLCommand({ ...key, LockToken }));
}

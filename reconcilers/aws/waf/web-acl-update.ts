import { GetWebACLCommand, UpdateWebACLCommand } from '@aws-sdk/client-wafv2';
import { NotReady } from '../../../controller/engine/errors.ts';
import type { Change } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { associate } from './associations.ts';
import { keyIn } from './web-acl-arn.ts';
import type { ObservedWebAcl } from './web-acl-list.ts';
import { settingsInput, settingsOfOthers } from './web-acl-settings.ts';
import type { WebAclSpec } from './web-acl-spec.ts';

/** Rules are right before another load balancer comes under them. */
export async function writeWebAcl(
  aws: Aws,
  current: ObservedWebAcl,
  spec: WebAclSpec,
  changes: readonly Change[],
): Promise<void> {
  if (changes.some(({ field }) => field !== 'resourceArns')) await writeSettings(aws, current.id, spec);
  if (changes.some(({ field }) => field === 'resourceArns')) {
    const actual = new Set(current.spec.resourceArns);
    await associate(
      aws,
      current.id,
      spec.resourceArns.filter((arn) => !actual.has(arn)),
    );
  }
}

/** The token of the read makes AWS refuse the write if anybody else wrote in between. */
async function writeSettings({ waf }: Aws, arn: string, spec: WebAclSpec): Promise<void> {
  const key = keyIn(arn);
  const { WebACL: found, LockToken } = await waf.send(new GetWebACLCommand(key));
  if (found === undefined) throw new NotReady(`cannot be read, though it is there: ${arn}`);
  const settings = { ...settingsOfOthers(found), ...settingsInput(spec) };
  await waf.send(new UpdateWebACLCommand({ ...key, ...settings, LockToken }));
}

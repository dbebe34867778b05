import { GetWebACLCommand } from '@aws-sdk/client-wafv2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { protectedBy } from './associations.ts';
import { keyIn } from './web-acl-arn.ts';
import { findWebAcls, tagsInIndex } from './web-acl-search.ts';
import { settingsOf } from './web-acl-settings.ts';
import type { WebAclOutputs, WebAclSpec } from './web-acl-spec.ts';
import { webAclTags } from './web-acl-tags.ts';

export type ObservedWebAcl = Observed<WebAclSpec, WebAclOutputs>;

/** Web ACLs by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listWebAcls(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedWebAcl[]> {
  const indexed = await tagsInIndex(aws, queries);
  const arns = await findWebAcls(aws, queries, indexed);
  const found = await Promise.all([...arns].map((arn) => observe(aws, arn, indexed.get(arn), queries)));
  return found.flat();
}

/** Nothing if it is not there, goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  arn: string,
  inIndex: Tags | undefined,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedWebAcl[]> {
  try {
    const [tags, { WebACL: found }, resourceArns] = await Promise.all([
      webAclTags.of(aws, arn, inIndex),
      aws.waf.send(new GetWebACLCommand(keyIn(arn))),
      protectedBy(aws, arn),
    ]);
    if (found === undefined) return [];
    return claimsOn(arn, tags, queries).map((claim) => ({
      ...claim,
      id: arn,
      state: 'ready',
      spec: { ...settingsOf(found), resourceArns },
      outputs: outputsOf(arn),
      tags,
    }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

export function outputsOf(arn: string): WebAclOutputs {
  const { Name: name, Id: id } = keyIn(arn);
  return { arn, id, name };
}

import { CreateWebACLCommand } from '@aws-sdk/client-wafv2';
import type { Created, Creation } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { associate } from './associations.ts';
import { outputsOf } from './web-acl-list.ts';
import { allWebAcls } from './web-acl-search.ts';
import { settingsInput } from './web-acl-settings.ts';
import type { WebAclOutputs, WebAclSpec } from './web-acl-spec.ts';
import { readWebAclTags, webAclTags } from './web-acl-tags.ts';

export async function createWebAcl(
  aws: Aws,
  spec: WebAclSpec,
  creation: Creation,
): Promise<Created<WebAclOutputs>> {
  const { arn, isNew } = await makeOrFind(aws, spec, creation);
  // What is missing on one that was there already, the next pass sees and writes.
  if (!isNew) return { id: arn };
  try {
    await associate(aws, arn, spec.resourceArns);
  } catch {
    // An error from here would read as if no web ACL had been made. Often AWS does not know it everywhere yet: the
    // next pass associates it, or reports what stands in the way.
    return { id: arn };
  }
  return { id: arn, outputs: outputsOf(arn) };
}

async function makeOrFind(
  aws: Aws,
  spec: WebAclSpec,
  creation: Creation,
): Promise<{ readonly arn: string; readonly isNew: boolean }> {
  try {
    const { Summary } = await aws.waf.send(
      new CreateWebACLCommand({
        Name: spec.name,
        Scope: 'REGIONAL',
        ...settingsInput(spec),
        Tags: toSdkTags(creation.tags),
      }),
    );
    const arn = Summary?.ARN ?? '';
    webAclTags.remember(aws, arn, creation.tags);
    return { arn, isNew: true };
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    return { arn: await findOurs(aws, spec.name, creation, error), isNew: false };
  }
}

/** One that was made by a call whose answer was lost; its id is AWS's choice. */
async function findOurs(aws: Aws, name: string, creation: Creation, refusal: AlreadyExists): Promise<string> {
  const arn = (await allWebAcls(aws)).find(({ Name }) => Name === name)?.ARN;
  // It is not listed yet, or something else in the request was there twice.
  if (arn === undefined) throw refusal;
  makeSureItIsOurs(`a web ACL ${name} exists already`, await readWebAclTags(aws, arn), creation, refusal);
  return arn;
}

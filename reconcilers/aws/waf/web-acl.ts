import type { ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { createWebAcl } from './web-acl-creation.ts';
import { deleteWebAcl } from './web-acl-deletion.ts';
import { listWebAcls } from './web-acl-list.ts';
import { sameRules } from './web-acl-rule.ts';
import type { WebAclOutputs, WebAclSpec } from './web-acl-spec.ts';
import { changeWebAclTags } from './web-acl-tags.ts';
import { writeWebAcl } from './web-acl-update.ts';

/** Rules that requests pass before a load balancer takes them. */
export const WebAcl: ResourceType<WebAclSpec, WebAclOutputs, Aws> = {
  name: 'waf/web-acl',
  fields: {
    name: { severity: 'availability', immutable: true },
    description: { severity: 'cosmetic' },
    defaultAction: { severity: 'security' },
    rules: { severity: 'security', equals: sameRules },
    visibility: { severity: 'security' },
    // What it protects beside them is on its way out, and needs it until then; or it is somebody else's.
    resourceArns: {
      severity: 'security',
      equals: (wanted, actual) => wanted.every((arn) => actual.includes(arn)),
    },
  },
  absence: 'security',
  holdsData: false,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // "From a few seconds to a number of minutes": https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html
  settleTime: 120_000,

  list: listWebAcls,
  create: createWebAcl,
  update: writeWebAcl,
  delete: deleteWebAcl,
  setTags: changeWebAclTags,
};

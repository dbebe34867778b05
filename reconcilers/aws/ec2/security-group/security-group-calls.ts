import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  type IpPermission,
  type SecurityGroupRuleDescription,
} from '@aws-sdk/client-ec2';
import { NotFound } from '../../../../controller/engine/errors.ts';
import type { Aws } from '../../cloud.ts';
import { AlreadyExists } from '../../outcome.ts';
import type { Direction } from '../flow.ts';
import { permissionOf, type DescribedRule } from './security-group-permissions.ts';

/** What is allowed already is no error. */
export async function authorize(
  aws: Aws,
  GroupId: string,
  direction: Direction,
  rules: readonly DescribedRule[],
): Promise<void> {
  const send = (IpPermissions: IpPermission[]) => {
    const input = { GroupId, IpPermissions };
    return direction === 'ingress'
      ? aws.ec2.send(new AuthorizeSecurityGroupIngressCommand(input))
      : aws.ec2.send(new AuthorizeSecurityGroupEgressCommand(input));
  };
  await together(rules.map(permissionOf), send, (error) => error instanceof AlreadyExists);
}

/** What is gone already is no error. */
export async function revoke(
  aws: Aws,
  GroupId: string,
  direction: Direction,
  rules: readonly { readonly id: string }[],
): Promise<void> {
  const send = (SecurityGroupRuleIds: string[]) => {
    const input = { GroupId, SecurityGroupRuleIds };
    return direction === 'ingress'
      ? aws.ec2.send(new RevokeSecurityGroupIngressCommand(input))
      : aws.ec2.send(new RevokeSecurityGroupEgressCommand(input));
  };
  const ruleIds = rules.map(({ id }) => id);
  await together(ruleIds, send, (error) => error instanceof NotFound);
}

export async function describeRules(
  aws: Aws,
  GroupId: string,
  direction: Direction,
  SecurityGroupRuleDescriptions: SecurityGroupRuleDescription[],
): Promise<void> {
  if (SecurityGroupRuleDescriptions.length === 0) return;
  const input = { GroupId, SecurityGroupRuleDescriptions };
  await (direction === 'ingress'
    ? aws.ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand(input))
    : aws.ec2.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand(input)));
}

/** One call for all. EC2 refuses it as a whole if one of them is so already: then one call for each. */
async function together<Item>(
  items: readonly Item[],
  send: (items: Item[]) => Promise<unknown>,
  isSoAlready: (error: unknown) => boolean,
): Promise<void> {
  if (items.length === 0) return;
  try {
    await send([...items]);
  } catch (error) {
    if (!isSoAlready(error)) throw error;
    if (items.length > 1) for (const item of items) await together([item], send, isSoAlready);
  }
}

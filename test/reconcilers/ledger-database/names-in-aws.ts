import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import type { Clients } from '../../clients.ts';

/** What AWS calls the resource of a node. */
export function named(node: string): string {
  return `production-ledger-${node}`;
}

export async function securityGroup({ ec2 }: Clients, node: string): Promise<string> {
  const Filters = [{ Name: 'group-name', Values: [`production-core-${node}`] }];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups[0]?.GroupId ?? '';
}

export async function keyId({ kms }: Clients): Promise<string> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  return Aliases.find(({ AliasName }) => AliasName === `alias/${named('key')}`)?.TargetKeyId ?? '';
}

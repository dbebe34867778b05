import { DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import type { Clients } from '../../clients.ts';

/** Something that somebody else does to the resources of the database. */
export type DriftRow = {
  /** As in `somebody <what>`. */
  readonly what: string;
  readonly change: (clients: Clients) => Promise<unknown>;
  /** The drift that tells of it, `*` standing for anything. */
  readonly says: readonly string[];
  /** What is not as before all the same, because AWS or somebody else has the choice. */
  readonly leaves?: readonly string[];
  /** How many passes write until all is as before; one, if not given. */
  readonly writes?: number;
  /** Rows of one batch can be made together; those of different ones touch the same, or would hide each other. */
  readonly batch?: number;
};

export const missing = 'is missing, should be there';

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

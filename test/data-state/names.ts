import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';
import type { Clients } from '../clients.ts';

type Named = readonly (readonly [string | undefined, string | undefined])[];

/**
 * What the emulator calls things differently in every life. The id of what is no longer there has no name, so that
 * what still refers to it shows.
 */
export async function namesOf(clients: Clients): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all([
    networkNames(clients),
    keyNames(clients),
    secretNames(clients),
    balancerNames(clients),
    webAclNames(clients),
  ]);
  return new Map(named.flat().flatMap(([id, name = '']) => (id === undefined ? [] : [[id, name] as const])));
}

async function networkNames({ ec2 }: Clients): Promise<Named> {
  const [{ Vpcs = [] }, { Subnets = [] }, { SecurityGroups = [] }] = await Promise.all([
    ec2.send(new DescribeVpcsCommand({})),
    ec2.send(new DescribeSubnetsCommand({})),
    ec2.send(new DescribeSecurityGroupsCommand({})),
  ]);
  return [
    ...Vpcs.map(({ VpcId, Tags }) => [VpcId, nameIn(Tags)] as const),
    ...Subnets.map(({ SubnetId, Tags }) => [SubnetId, nameIn(Tags)] as const),
    ...SecurityGroups.map(({ GroupId, GroupName }) => [GroupId, GroupName] as const),
  ];
}

async function keyNames({ kms }: Clients): Promise<Named> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  return Aliases.map(({ TargetKeyId, AliasName }) => [TargetKeyId, AliasName] as const);
}

async function secretNames({ secrets }: Clients): Promise<Named> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true }));
  return [
    ...SecretList.map(({ ARN, Name }) => [ARN, `secret ${Name}`] as const),
    ...SecretList.flatMap(({ SecretVersionsToStages = {}, Name }) =>
      Object.entries(SecretVersionsToStages).map(
        ([version, stages]) => [version, `<${stages.toSorted().join(' ')} of ${Name}>`] as const,
      ),
    ),
  ];
}

/** As ARNs, metrics and dashboards have them: `app/<name>/<id>` and `targetgroup/<name>/<id>`. */
async function balancerNames({ elb }: Clients): Promise<Named> {
  const [{ LoadBalancers = [] }, { TargetGroups = [] }] = await Promise.all([
    elb.send(new DescribeLoadBalancersCommand({})),
    elb.send(new DescribeTargetGroupsCommand({})),
  ]);
  return [
    ...LoadBalancers.map(({ LoadBalancerArn }) => withoutId(LoadBalancerArn?.split(':loadbalancer/')[1])),
    ...TargetGroups.map(({ TargetGroupArn }) => withoutId(TargetGroupArn?.split(':').at(-1))),
  ];
}

/** `regional/webacl/<name>/<id>` */
async function webAclNames({ waf }: Clients): Promise<Named> {
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 100 }));
  return WebACLs.map(({ ARN }) => withoutId(ARN?.split(':').at(-1)));
}

function withoutId(path: string | undefined): readonly [string | undefined, string | undefined] {
  return [path, path?.slice(0, path.lastIndexOf('/'))];
}

function nameIn(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): string | undefined {
  return tags?.find(({ Key }) => Key === 'Name')?.Value;
}

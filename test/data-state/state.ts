import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { isFields } from '../../controller/engine/resource-type.ts';
import { canonical } from '../../reconcilers/aws/same.ts';
import type { Clients } from '../clients.ts';
import { cachesOf } from './caches.ts';
import { databasesOf } from './databases.ts';
import { untimed, type DataState, type Resources } from './resources.ts';
import { targetsOf } from './scalable-targets.ts';
import { secretsOf } from './secrets.ts';
import { tablesOf } from './tables.ts';

/** Of AWS's answers, what differs each time and says nothing. */
const volatile =
  /Id$|^Latest|^DbiResourceId$|^TableId$|^LastUpdate|^ItemCount$|SizeBytes$|Progress$|^AlarmARN$|^NumberOfDecreases/;
const lasting =
  /^(KmsKeyId|DBClusterIdentifier|DBInstanceIdentifier|ReplicationGroupId|CacheClusterId|ResourceId|VpcId|PerformanceInsightsKMSKeyId|(Vpc)?SecurityGroupId)$/;

/**
 * Everything of databases, caches, tables and secrets in an account, in AWS's own words, without what differs each
 * time: in the place of ids stand names, and of secrets it is told what they hold beside the secret itself.
 */
export async function readDataState(clients: Clients): Promise<DataState> {
  const [names, ...parts] = await Promise.all([
    namesOf(clients),
    databasesOf(clients),
    cachesOf(clients),
    tablesOf(clients),
    secretsOf(clients),
    targetsOf(clients),
  ]);
  const written = [...names].reduce(
    (known, [id, name]) => known.replaceAll(id, name),
    JSON.stringify(Object.assign({}, ...parts), withoutVolatile),
  );
  const read: DataState = JSON.parse(
    untimed(written)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replaceAll(/(\.cluster-(?:ro-)?)[a-z0-9]{12}(?=\.)/g, '$1<random>'),
  );
  return Object.fromEntries(
    Object.entries(read)
      .filter(([, resources]) => Object.keys(resources).length > 0)
      .map(([type, resources]) => [type, inOrder(resources)]),
  );
}

/** What the emulator calls things differently in every life. */
async function namesOf({ ec2, kms, secrets }: Clients): Promise<ReadonlyMap<string, string>> {
  const [vpcs, subnets, groups, aliases, listed] = await Promise.all([
    ec2.send(new DescribeVpcsCommand({})),
    ec2.send(new DescribeSubnetsCommand({})),
    ec2.send(new DescribeSecurityGroupsCommand({})),
    kms.send(new ListAliasesCommand({})),
    secrets.send(new ListSecretsCommand({ IncludePlannedDeletion: true })),
  ]);
  const named = [
    ...(vpcs.Vpcs ?? []).map(({ VpcId, Tags }) => [VpcId, nameIn(Tags)] as const),
    ...(subnets.Subnets ?? []).map(({ SubnetId, Tags }) => [SubnetId, nameIn(Tags)] as const),
    ...(groups.SecurityGroups ?? []).map(({ GroupId, GroupName }) => [GroupId, GroupName] as const),
    ...(aliases.Aliases ?? []).map(({ TargetKeyId, AliasName }) => [TargetKeyId, AliasName] as const),
    ...(listed.SecretList ?? []).map(({ ARN, Name }) => [ARN, `secret ${Name}`] as const),
    ...(listed.SecretList ?? []).flatMap(({ SecretVersionsToStages = {}, Name }) =>
      Object.entries(SecretVersionsToStages).map(
        ([version, stages]) => [version, `<${stages.toSorted().join(' ')} of ${Name}>`] as const,
      ),
    ),
  ];
  return new Map(named.flatMap(([id, name = '']) => (id === undefined ? [] : [[id, name] as const])));
}

function withoutVolatile(key: string, value: unknown): unknown {
  if (volatile.test(key) && !lasting.test(key)) return undefined;
  return value;
}

function inOrder(value: unknown): Resources {
  const ordered = sorted(value);
  return isFields(ordered) ? ordered : {};
}

/** Lists of AWS have no order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(sorted).toSorted((one, other) => (canonical(one) < canonical(other) ? -1 : 1));
  if (!isFields(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function nameIn(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): string | undefined {
  return tags?.find(({ Key }) => Key === 'Name')?.Value;
}

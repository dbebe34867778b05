import {
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBSubnetGroupCommand,
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
} from '@aws-sdk/client-rds';
import { CreateSubnetCommand } from '@aws-sdk/client-ec2';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ClusterSpec } from '../../../../reconcilers/aws/rds/cluster/cluster-spec.ts';
import { makeVpc } from '../ec2/network-samples.ts';

/** A password that must be seen nowhere but in the secret and in the calls that set it. */
export const password = 'Correct-Horse-Battery-Staple';

let made = 0;

export type Subnets = { readonly vpcId: string; readonly subnetIds: readonly string[] };

/** Subnets in three zones of one VPC. */
export async function makeSubnets(aws: Aws): Promise<Subnets> {
  const VpcId = await makeVpc(aws);
  const zones = ['a', 'b', 'c'].map((letter) => `${aws.region}${letter}`);
  const subnets = zones.map(async (AvailabilityZone, index) => {
    const CidrBlock = `10.0.${index}.0/24`;
    const { Subnet } = await aws.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    return textOf(Subnet?.SubnetId);
  });
  return { vpcId: VpcId, subnetIds: await Promise.all(subnets) };
}

export async function makeSubnetGroup(aws: Aws): Promise<string> {
  made += 1;
  const DBSubnetGroupName = `sample-${made}`;
  const SubnetIds = [...(await makeSubnets(aws)).subnetIds];
  await aws.rds.send(
    new CreateDBSubnetGroupCommand({ DBSubnetGroupName, DBSubnetGroupDescription: 'sample', SubnetIds }),
  );
  return DBSubnetGroupName;
}

export async function makeParameterGroup(
  { rds }: Aws,
  DBParameterGroupName: string,
  DBParameterGroupFamily: string,
): Promise<void> {
  const Description = 'sample';
  await rds.send(
    new CreateDBParameterGroupCommand({ DBParameterGroupName, DBParameterGroupFamily, Description }),
  );
}

export async function makeKey(aws: Aws): Promise<string> {
  return textOf((await aws.kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn);
}

export async function makeMasterSecret(aws: Aws): Promise<string> {
  made += 1;
  const SecretString = JSON.stringify({ username: 'fintechadmin', password });
  const { ARN } = await aws.secrets.send(
    new CreateSecretCommand({ Name: `sample/master-${made}`, SecretString }),
  );
  return textOf(ARN);
}

/** Takes all tags away, as somebody else would. */
export async function removeTags({ rds }: Aws, ResourceName: string): Promise<void> {
  const { TagList = [] } = await rds.send(new ListTagsForResourceCommand({ ResourceName }));
  const TagKeys = TagList.map(({ Key = '' }) => Key);
  await rds.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys }));
}

function textOf(value: string | undefined): string {
  if (value === undefined) throw new Error('AWS gave no name');
  return value;
}

/** An instance of a cluster, which without one can neither be used nor stopped. */
export async function makeMember({ rds }: Aws, DBClusterIdentifier: string): Promise<void> {
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: `${DBClusterIdentifier}-0`,
      DBInstanceClass: 'db.r6g.large',
      Engine: 'aurora-postgresql',
      DBClusterIdentifier,
    }),
  );
}

/** What a cluster refers to, made once for all of a test file. */
export async function sampleCluster(aws: Aws): Promise<ClusterSpec> {
  return {
    identifier: 'ledger',
    engine: 'aurora-postgresql',
    engineVersion: '15.4',
    databaseName: 'fintech',
    masterUsername: 'fintechadmin',
    masterSecretArn: await makeMasterSecret(aws),
    port: 5432,
    subnetGroupName: await makeSubnetGroup(aws),
    parameterGroupName: 'default.aurora-postgresql15',
    instanceParameterGroupName: 'default.aurora-postgresql15',
    securityGroupIds: ['sg-11111111'],
    storageEncrypted: true,
    kmsKeyArn: await makeKey(aws),
    storageType: 'aurora',
    backupRetentionDays: 35,
    backupWindow: '03:00-04:00',
    maintenanceWindow: 'sun:05:00-sun:06:00',
    copyTagsToSnapshots: true,
    deletionProtection: false,
    dataApi: true,
    iamAuthentication: true,
    logExports: ['postgresql'],
    serverlessCapacity: undefined,
    running: true,
    applyImmediately: false,
    restoreFrom: undefined,
    finalSnapshot: '',
  };
}

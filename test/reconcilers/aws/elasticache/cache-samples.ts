import {
  ListTagsForResourceCommand,
  RemoveTagsFromResourceCommand,
  type Tag,
} from '@aws-sdk/client-elasticache';
import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { nodeTag, ownerTag } from '../../../../controller/engine/ownership.ts';
import type { Creation } from '../../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { ParameterGroupSpec } from '../../../../reconcilers/aws/elasticache/parameter-group-spec.ts';
import { ParameterGroup } from '../../../../reconcilers/aws/elasticache/parameter-group.ts';
import type { ReplicationGroupSpec } from '../../../../reconcilers/aws/elasticache/replication-group-spec.ts';
import { SubnetGroup } from '../../../../reconcilers/aws/elasticache/subnet-group.ts';
import { makePlaces, type Places } from '../../../emulator/elasticache-places.ts';

export const firstToken = 'first-token-of-the-cache';
export const secondToken = 'second-token-of-the-cache';

/** What caches of the tests refer to. */
export type Surroundings = Places & {
  readonly secretArn: string;
  readonly versions: readonly [string, string];
};

export async function makeSurroundings(aws: Aws): Promise<Surroundings> {
  const places = await makePlaces(aws.ec2, 'eu-west-1');
  const { vpcId, subnetIds } = places;
  const subnets = { name: 'subnets', description: 'Sample', vpcId, subnetIds };
  await SubnetGroup.create(aws, subnets, creationOf('Sample/test/other', 'subnets'));
  for (const name of ['parameters', 'other-parameters'])
    await ParameterGroup.create(aws, sampleParameterGroup(name), creationOf('Sample/test/other', name));
  const { secrets } = aws;
  const made = await secrets.send(new CreateSecretCommand({ Name: 'token', SecretString: firstToken }));
  const secretArn = made.ARN ?? '';
  const later = { SecretId: secretArn, SecretString: secondToken, VersionStages: ['AWSPENDING'] };
  const second = await secrets.send(new PutSecretValueCommand(later));
  return { ...places, secretArn, versions: [made.VersionId ?? '', second.VersionId ?? ''] };
}

export function sampleParameterGroup(name: string): ParameterGroupSpec {
  return { name, family: 'redis7', description: 'Sample', parameters: { 'maxmemory-policy': 'allkeys-lru' } };
}

export function sampleCache(
  name: string,
  { secretArn, versions, securityGroupIds }: Surroundings,
): ReplicationGroupSpec {
  return {
    name,
    description: 'Sample',
    engine: 'redis',
    engineVersion: '7.0',
    nodeType: 'cache.t3.micro',
    replicas: 1,
    automaticFailover: true,
    multiAz: true,
    port: 6379,
    parameterGroupName: 'parameters',
    subnetGroupName: 'subnets',
    securityGroupIds: [securityGroupIds[0]],
    atRestEncryption: true,
    kmsKeyArn: undefined,
    transitEncryption: 'required',
    maintenanceWindow: 'Sun:05:00-Sun:06:00',
    snapshotWindow: '03:00-04:00',
    snapshotRetentionDays: 7,
    autoMinorVersionUpgrade: true,
    logDelivery: {},
    finalSnapshot: false,
    authSecretArn: secretArn,
    authSecretVersion: versions[0],
    authTokenOverlapSeconds: 3600,
    applyImmediately: false,
  };
}

export function creationOf(owner: string, node: string): Creation {
  return { owner, node, tags: { [ownerTag]: owner, [nodeTag]: node } };
}

export async function removeAllTags({ elasticache }: Aws, ResourceName: string): Promise<unknown> {
  const { TagList = [] } = await elasticache.send(new ListTagsForResourceCommand({ ResourceName }));
  const TagKeys = TagList.map(({ Key = '' }: Tag) => Key);
  return elasticache.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys }));
}

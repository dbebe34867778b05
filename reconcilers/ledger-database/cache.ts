import { parseDuration } from '../../controller/engine/duration.ts';
import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import { ParameterGroup } from '../aws/elasticache/parameter-group.ts';
import { ReplicationGroup } from '../aws/elasticache/replication-group.ts';
import type { ReplicationGroupOutputs } from '../aws/elasticache/replication-group-spec.ts';
import { SubnetGroup } from '../aws/elasticache/subnet-group.ts';
import type { KeyOutputs } from '../aws/kms/key-spec.ts';
import { Secret } from '../aws/secretsmanager/secret.ts';
import type { SecretOutputs } from '../aws/secretsmanager/secret-spec.ts';
import type { Network } from './network.ts';
import type { CacheSpec, LedgerDatabaseSpec } from './spec.ts';

export type Cache = {
  readonly group: NodeHandle<ReplicationGroupOutputs>;
  readonly token: NodeHandle<SecretOutputs>;
};

/** A primary and its replicas, which nobody reaches without TLS and the token. */
export function addCache(
  graph: Graph<Aws>,
  spec: LedgerDatabaseSpec,
  key: NodeHandle<KeyOutputs>,
  network: Network,
): Cache | undefined {
  const { cache } = spec;
  if (cache === undefined) return undefined;
  const description = `The cache of ${graph.object.namespace}/${graph.object.name}`;
  const token = addToken(graph, spec, cache, key);
  const subnets = graph.add(SubnetGroup, 'cache-subnets', {
    name: graph.nameOf('cache-subnets'),
    description,
    vpcId: network.vpcId,
    subnetIds: network.subnetIds,
  });
  const parameters = addParameters(graph, cache, description);
  const hasReplicas = cache.replicas > 0;
  const group = graph.add(ReplicationGroup, 'cache', {
    name: graph.nameOf('cache'),
    description,
    engine: cache.engine,
    engineVersion: cache.engineVersion,
    nodeType: cache.nodeType,
    replicas: cache.replicas,
    automaticFailover: hasReplicas,
    multiAz: hasReplicas,
    port: network.cachePort,
    parameterGroupName: parameters.ref('name'),
    subnetGroupName: subnets.ref('name'),
    securityGroupIds: [network.cacheGroup],
    atRestEncryption: true,
    kmsKeyArn: key.ref('arn'),
    transitEncryption: 'required',
    maintenanceWindow: cache.maintenanceWindow.toLowerCase(),
    snapshotWindow: cache.snapshotWindow,
    snapshotRetentionDays: cache.snapshotRetentionDays,
    autoMinorVersionUpgrade: cache.autoMinorVersionUpgrade,
    logDelivery: {},
    finalSnapshot: true,
    authSecretArn: token.ref('arn'),
    authSecretVersion: token.ref('newestVersionId'),
    authTokenOverlapSeconds: parseDuration(cache.authTokenOverlap) / 1_000,
    applyImmediately: graph.circumstances.applyImmediately,
  });
  return { group, token };
}

function addToken(
  graph: Graph<Aws>,
  { encryption }: LedgerDatabaseSpec,
  cache: CacheSpec,
  key: NodeHandle<KeyOutputs>,
): NodeHandle<SecretOutputs> {
  const { namespace, name } = graph.object;
  return graph.add(Secret, 'cache-token', {
    name: cache.authSecretName,
    description: `The auth token of the cache of ${namespace}/${name}`,
    kmsKeyArn: key.ref('arn'),
    recoveryWindowDays: encryption.deletionWindowDays,
    rotateAfterDays: cache.authRotationDays,
    notOlderThan: cache.authNotOlderThan,
    content: { kind: 'text', length: 64, excludeCharacters: notInTokens },
    secretState: 'Active',
    age: 'current',
  });
}

function addParameters(graph: Graph<Aws>, cache: CacheSpec, description: string) {
  const family = familyOf(cache);
  // A group fits one family, which is therefore in its name: an upgrade needs both for a while.
  const node = `cache-parameters-${family.replaceAll('.', '-')}`;
  return graph.add(ParameterGroup, node, {
    name: graph.nameOf(node),
    family,
    description,
    parameters: cache.parameters,
  });
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html */
function familyOf({ engine, engineVersion }: CacheSpec): string {
  const [major = '', minor = '0'] = engineVersion.split('.');
  if (engine === 'valkey' || Number(major) >= 7) return `${engine}${major}`;
  return major === '6' ? 'redis6.x' : `redis${major}.${minor}`;
}

/** All but what ElastiCache takes: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const notInTokens = ' "%\'()*+,./:;=?@[\\]_`{|}~';

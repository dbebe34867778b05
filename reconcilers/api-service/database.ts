import type { Graph } from '../../controller/engine/graph.ts';
import { text, type Input, type Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What a database gives to the services that use it. */
export type Database = {
  readonly environment: Readonly<Record<string, Input<string>>>;
  /** As `valueFrom` of ECS takes it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
  readonly secrets: Readonly<Record<string, Input<string>>>;
  /** Of the secrets, and of the key that they are encrypted with. */
  readonly secretArns: readonly Ref<string>[];
  readonly keyArn: Ref<string>;
  /** The instance that alarms are about: the one that writes now. */
  readonly instanceId: Ref<string>;
  /** Of that instance, numbers, 0 where they are not known: as text, for the expressions of alarms. */
  readonly maxConnections: Ref<string>;
  readonly memoryMiB: Ref<string>;
  readonly freeStorageMetric: Ref<string>;
  /** The first two nodes of the cache, the same twice where it has one. */
  readonly cacheNodeId: Ref<string> | undefined;
  readonly secondCacheNodeId: Ref<string> | undefined;
};

export function databaseOf(graph: Graph<Aws>, { databaseRef }: ApiServiceSpec): Database | undefined {
  if (databaseRef === undefined) return undefined;
  const database = graph.objectRef('LedgerDatabase', databaseRef.name);
  const secretArn = database.ref<string>('secretArn');
  const tokenArn = database.ref<string>('cache.authSecretArn');
  const hasCache = databaseRef.cache;
  return {
    environment: {
      DB_ENGINE: 'postgres',
      DB_HOST: database.ref<string>('endpoint'),
      DB_PORT: text`${database.ref<string>('port')}`,
      DB_NAME: database.ref<string>('databaseName'),
      // A rotation is a new revision, and so a rolling deployment: tasks read their secrets when they start.
      DB_CREDENTIALS_VERSION: database.ref<string>('credentialsVersion'),
      ...(hasCache && {
        REDIS_HOST: database.ref<string>('cache.endpoint'),
        REDIS_PORT: text`${database.ref<string>('cache.port')}`,
        REDIS_AUTH_VERSION: database.ref<string>('cache.authTokenVersion'),
      }),
    },
    secrets: {
      DB_USERNAME: text`${secretArn}:username::`,
      DB_PASSWORD: text`${secretArn}:password::`,
      ...(hasCache && { REDIS_AUTH_TOKEN: tokenArn }),
    },
    secretArns: hasCache ? [secretArn, tokenArn] : [secretArn],
    keyArn: database.ref('kmsKeyArn'),
    instanceId: database.ref('writer'),
    maxConnections: database.ref('maxConnections'),
    memoryMiB: database.ref('memoryMiB'),
    freeStorageMetric: database.ref('freeStorageMetric'),
    cacheNodeId: hasCache ? database.ref('cache.nodes.%0') : undefined,
    secondCacheNodeId: hasCache ? database.ref('cache.nodes.%1') : undefined,
  };
}

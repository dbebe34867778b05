import {
  DescribeReplicationGroupsCommand,
  ModifyReplicationGroupCommand,
  type AuthTokenUpdateStrategyType,
  type ReplicationGroup as SdkReplicationGroup,
} from '@aws-sdk/client-elasticache';
import { NotFound, NotReady, Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { promote, readSecret } from '../secretsmanager/secret-value.ts';
import { arnOf } from './arn.ts';
import {
  authTokenIn,
  authTokenTags,
  isAuthTokenTag,
  isCarriedOut,
  isOver,
  lastChangeOf,
  validVersionOf,
  type AuthTokenVersion,
} from './auth-token-tag.ts';
import { concealing } from '../concealed.ts';
import type { ReplicationGroupSpec } from './replication-group-spec.ts';
import { changeTags, readTags } from './tags.ts';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const TOKEN = /^[A-Za-z0-9!&#$^<>-]{16,128}$/;

type AuthSecret = { readonly arn: string; readonly version: string };

/** Where the token comes from; undefined if there is to be none. */
export function authSecretOf(spec: ReplicationGroupSpec): AuthSecret | undefined {
  const { authSecretArn: arn, authSecretVersion: version } = spec;
  return arn === undefined || version === undefined ? undefined : { arn, version };
}

/** Reads the token at the moment of its use: it is kept nowhere. */
export async function readToken(aws: Aws, { arn, version }: AuthSecret): Promise<string> {
  const token = (await readSecret(aws, arn, version)).text();
  if (TOKEN.test(token)) return token;
  throw new Terminal(
    'InvalidSpec',
    `takes an auth token of 16 to 128 letters, digits and !&#$^<>- only, which version ${version} of ${arn} is not`,
  );
}

/**
 * One step of the introduction of a token: ROTATE adds it to the one before; when AWS has done so, its version
 * of the secret is put in force; when clients had time to read it, SET leaves it as the only one.
 */
export async function stepAuthToken(aws: Aws, id: string, spec: ReplicationGroupSpec): Promise<void> {
  const secret = authSecretOf(spec);
  if (secret === undefined)
    throw new Terminal(
      'InvalidSpec',
      'keeps its auth token: ElastiCache gives one up only in exchange for user groups ' +
        '(https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html)',
    );
  const arn = arnOf(aws, 'replicationgroup', id);
  const [group, tags] = await Promise.all([describe(aws, id), readTags(aws, arn)]);
  const present = authTokenIn(tags);
  const next = nextStep(present, group, secret.version, {
    overlapSeconds: spec.authTokenOverlapSeconds,
    now: aws.clock.now(),
  });
  if (next === undefined) return;
  if (next.step === 'PROMOTED') await promote(aws, secret.arn, secret.version);
  if (next !== present) await changeTags(aws, arn, authTokenTags(next), isAuthTokenTag);
  if (next.step !== 'PROMOTED') await changeToken(aws, id, secret, next.step);
  if (next.step === 'ROTATE') throw new NotReady(`introduces version ${secret.version} of its auth token`);
}

/** Undefined if there is nothing to do. */
function nextStep(
  present: AuthTokenVersion | undefined,
  group: SdkReplicationGroup,
  version: string,
  { overlapSeconds, now }: { readonly overlapSeconds: number; readonly now: number },
): AuthTokenVersion | undefined {
  const mark = lastChangeOf(group);
  const before = present && validVersionOf(present);
  const introduction = { version, step: 'ROTATE', mark, before } as const;
  if (present?.version !== version) return introduction;
  // What was begun and did not come to AWS, because the group was busy or this process ended, comes now.
  if (!isCarriedOut(present, group)) return present;
  switch (present.step) {
    case 'ROTATE':
      return { version, step: 'PROMOTED', mark: new Date(now).toISOString() };
    case 'PROMOTED':
      return isOver(present, overlapSeconds, now) ? { version, step: 'SET', mark } : undefined;
    case 'SET':
      // Somebody took the token away.
      return group.AuthTokenEnabled === true ? undefined : introduction;
  }
}

async function changeToken(
  aws: Aws,
  id: string,
  secret: AuthSecret,
  strategy: AuthTokenUpdateStrategyType,
): Promise<void> {
  const token = await readToken(aws, secret);
  const call = aws.elasticache.send(
    new ModifyReplicationGroupCommand({
      ReplicationGroupId: id,
      AuthToken: token,
      AuthTokenUpdateStrategy: strategy,
      ApplyImmediately: true,
    }),
  );
  await concealing(token, call);
}

/** As it is now: what was listed may be older than the last step. */
async function describe({ elasticache }: Aws, ReplicationGroupId: string) {
  const { ReplicationGroups } = await elasticache.send(
    new DescribeReplicationGroupsCommand({ ReplicationGroupId }),
  );
  const [group] = ReplicationGroups ?? [];
  if (group === undefined) throw new NotFound(`there is no replication group ${ReplicationGroupId}`);
  return group;
}

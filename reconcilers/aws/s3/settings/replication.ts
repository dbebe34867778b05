import {
  DeleteBucketReplicationCommand,
  GetBucketReplicationCommand,
  PutBucketReplicationCommand,
} from '@aws-sdk/client-s3';
import { sameUnordered } from '../../same.ts';
import { orWhenAbsent, type BucketSetting } from '../setting.ts';
import { fromSdkRule, normalRule, toSdkRule, type ReplicationRule } from './replication-rule.ts';

export type Replication = {
  /** The ARN of the role that S3 copies with. */
  readonly role: string;
  readonly rules: readonly ReplicationRule[];
};

export const replication: BucketSetting<Replication | undefined> = {
  severity: 'availability',
  whenNew: undefined,

  equals(wanted, actual) {
    if (wanted === undefined || actual === undefined) return wanted === actual;
    return (
      wanted.role === actual.role && sameUnordered(wanted.rules.map(normalRule), actual.rules.map(normalRule))
    );
  },

  async read({ s3, request }) {
    const found = await orWhenAbsent(s3.send(new GetBucketReplicationCommand(request)), undefined);
    const configuration = found?.ReplicationConfiguration;
    if (configuration === undefined) return undefined;
    return { role: configuration.Role ?? '', rules: (configuration.Rules ?? []).map(fromSdkRule) };
  },

  async write({ s3, request }, value) {
    if (value === undefined) {
      await s3.send(new DeleteBucketReplicationCommand(request));
      return;
    }
    const ReplicationConfiguration = { Role: value.role, Rules: value.rules.map(toSdkRule) };
    await s3.send(new PutBucketReplicationCommand({ ...request, ReplicationConfiguration }));
  },
};

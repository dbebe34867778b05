import {
  AssociateKmsKeyCommand,
  DeleteRetentionPolicyCommand,
  DisassociateKmsKeyCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Change, Observed } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import type { LogGroupOutputs, LogGroupSpec } from './log-group-spec.ts';

/** What is written from now on is encrypted before it is kept longer. */
export async function writeLogGroup(
  aws: Aws,
  current: Observed<LogGroupSpec, LogGroupOutputs>,
  spec: LogGroupSpec,
  changes: readonly Change[],
): Promise<void> {
  const changed = new Set(changes.map(({ field }) => field));
  if (changed.has('kmsKeyArn')) await writeKey(aws, current.id, spec.kmsKeyArn);
  if (changed.has('retentionDays')) await writeRetention(aws, current.id, spec.retentionDays);
}

async function writeKey({ logs }: Aws, logGroupName: string, kmsKeyId: string | undefined): Promise<void> {
  if (kmsKeyId === undefined) await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
  else await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
}

async function writeRetention({ logs }: Aws, logGroupName: string, days: number | undefined): Promise<void> {
  if (days === undefined) await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
  else await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: days }));
}

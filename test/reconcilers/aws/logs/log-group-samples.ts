import { CreateKeyCommand } from '@aws-sdk/client-kms';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import type { LogGroupSpec } from '../../../../reconcilers/aws/logs/log-group-spec.ts';

export function sampleLogGroup(name: string): LogGroupSpec {
  return { name, retentionDays: 7, kmsKeyArn: undefined, logGroupClass: 'STANDARD' };
}

export async function makeKey({ kms }: Aws): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  if (KeyMetadata?.Arn === undefined) throw new Error('KMS gave no ARN');
  return KeyMetadata.Arn;
}

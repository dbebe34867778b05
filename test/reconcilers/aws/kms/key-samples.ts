import type { PolicyDocument } from '../../../../reconcilers/aws/policy-document.ts';
import type { KeySpec } from '../../../../reconcilers/aws/kms/key-spec.ts';
import { account } from '../connect.ts';

export function accountMayAll(action = 'kms:*'): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: account }, Action: [action], Resource: '*' },
    ],
  };
}

export function sampleKey(name: string): KeySpec {
  return {
    alias: `alias/${name}`,
    description: 'A sample',
    policy: accountMayAll(),
    rotation: { enabled: true, periodDays: 365 },
    keyState: 'Enabled',
    deletionWindowDays: 30,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
  };
}

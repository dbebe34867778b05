import type { SSESpecification, StreamSpecification } from '@aws-sdk/client-dynamodb';
import type { TableSpec } from './table-spec.ts';

export function encryption(kmsKeyArn: TableSpec['kmsKeyArn']): SSESpecification {
  return kmsKeyArn === undefined
    ? { Enabled: false }
    : { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: kmsKeyArn };
}

export function streamSpecification(stream: TableSpec['stream']): StreamSpecification {
  return stream === undefined ? { StreamEnabled: false } : { StreamEnabled: true, StreamViewType: stream };
}

import type { Place } from '../../controller/engine/graph.ts';
import { accountKeyPolicy } from '../aws/kms/account-key-policy.ts';
import type { PolicyDocument } from '../aws/policy-document.ts';

/**
 * Replication needs no more than the use through S3. Log delivery needs nothing: S3 does not deliver access logs
 * into a bucket encrypted with a customer key, so the log bucket has S3's own encryption.
 */
export function lakeKeyPolicy(place: Place): PolicyDocument {
  return accountKeyPolicy(place, ['s3']);
}

import type { PolicyDocument } from '../policy-document.ts';
import type { Acceleration } from './settings/acceleration.ts';
import type { CorsRule } from './settings/cors.ts';
import type { Encryption } from './settings/encryption.ts';
import type { IntelligentTieringConfiguration } from './settings/intelligent-tiering.ts';
import type { Lifecycle } from './settings/lifecycle.ts';
import type { Logging } from './settings/logging.ts';
import type { ObjectLockRetention } from './settings/object-lock.ts';
import type { Ownership } from './settings/ownership.ts';
import type { PublicAccessBlock } from './settings/public-access-block.ts';
import type { Replication } from './settings/replication.ts';
import type { RequestPayment } from './settings/request-payment.ts';
import type { Versioning } from './settings/versioning.ts';
import type { Website } from './settings/website.ts';

/** Everything a bucket is, said in full: a setting that is not wanted is `undefined` or empty. */
export type BucketSpec = {
  readonly name: string;
  readonly publicAccessBlock: PublicAccessBlock;
  readonly ownership: Ownership;
  readonly encryption: Encryption;
  readonly versioning: Versioning;
  /** Can be chosen when the bucket is created, and never afterwards. */
  readonly objectLockEnabled: boolean;
  readonly objectLock: ObjectLockRetention | undefined;
  readonly policy: PolicyDocument | undefined;
  readonly logging: Logging | undefined;
  readonly lifecycle: Lifecycle;
  readonly replication: Replication | undefined;
  readonly intelligentTiering: readonly IntelligentTieringConfiguration[];
  readonly website: Website | undefined;
  readonly cors: readonly CorsRule[];
  readonly requestPayment: RequestPayment;
  readonly acceleration: Acceleration;
  /** Keys of empty objects that show as folders (`raw/`). Those no longer wanted are left where they are. */
  readonly prefixMarkers: readonly string[];
  /** Whether deleting the bucket deletes the objects in it first. */
  readonly emptyOnDeletion: boolean;
};

export type BucketOutputs = {
  readonly name: string;
  readonly arn: string;
  /** `<name>.s3.<region>.amazonaws.com` */
  readonly regionalDomainName: string;
};

import type { Drift } from '../../controller/drift.ts';

/** Somebody suspended the versioning of a bucket. */
export const drift: Drift = {
  node: 'data',
  type: 's3/bucket',
  field: 'versioning',
  from: 'Suspended',
  to: 'Enabled',
  severity: 'security',
  ignored: false,
};

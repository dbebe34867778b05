import type { Aws } from '../cloud.ts';

/**
 * ListSecrets may show what was up to five minutes ago:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
const LAG = 5 * 60_000;

const writes = new WeakMap<Aws, Map<string, number>>();

/** To be called before a write: its answer may be lost. */
export function rememberWrite(aws: Aws, arn: string): void {
  const ofCloud = writes.get(aws) ?? new Map<string, number>();
  writes.set(aws, ofCloud);
  ofCloud.set(arn, Date.now());
}

/** Whether a list may not show yet what was written last. */
export function isWrittenLately(aws: Aws, arn: string): boolean {
  const ofCloud = writes.get(aws);
  const at = ofCloud?.get(arn);
  if (at === undefined) return false;
  if (Date.now() - at < LAG) return true;
  ofCloud?.delete(arn);
  return false;
}

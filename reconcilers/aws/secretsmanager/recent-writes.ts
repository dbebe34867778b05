import { same } from '../../../controller/engine/compare.ts';
import type { Aws } from '../cloud.ts';
import type { SecretDescription } from './secret-description.ts';

/**
 * ListSecrets may show what was up to five minutes ago:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
const LAG = 5 * 60_000;

type Write = {
  readonly at: number;
  /** What the secret was described as since then. */
  readonly description?: SecretDescription;
};

const writes = new WeakMap<Aws, Map<string, Write>>();

/** To be called before a write: its answer may be lost. */
export function rememberWrite(aws: Aws, arn: string): void {
  remember(aws, arn, { at: aws.clock.now() });
}

/** A description that was asked for at this time: what was written after that it may not show. */
export function rememberDescription(aws: Aws, description: SecretDescription, askedAt: number): void {
  const { arn } = description;
  const write = writes.get(aws)?.get(arn);
  if (write !== undefined && write.at < askedAt) remember(aws, arn, { ...write, description });
}

/** Whether a list may not show yet what was written last. One that shows what was described since then does. */
export function isPerhapsOutdated(aws: Aws, listed: SecretDescription): boolean {
  const ofCloud = writes.get(aws);
  const write = ofCloud?.get(listed.arn);
  if (write === undefined) return false;
  if (aws.clock.now() - write.at < LAG) return !same(listed, write.description);
  ofCloud?.delete(listed.arn);
  return false;
}

function remember(aws: Aws, arn: string, write: Write): void {
  const ofCloud = writes.get(aws) ?? new Map<string, Write>();
  writes.set(aws, ofCloud.set(arn, write));
}

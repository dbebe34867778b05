import type { CallContext } from '../../../controller/engine/call-context.ts';

/** One attempt of one call to AWS: what metrics, logs and the audit trail are made of. */
export type AwsCall = Partial<CallContext> & {
  /** As the clients are called in `Aws`, and `sts`. */
  readonly service: string;
  /** `CreateBucket` */
  readonly operation: string;
  readonly mutating: boolean;
  readonly outcome: 'success' | 'error' | 'throttled';
  readonly errorCode?: string;
  readonly requestId?: string;
  readonly durationMs: number;
  /** From 1. */
  readonly attempt: number;
};

export type CallHooks = { onCall(call: AwsCall): void };

/** Which operation of which service a call is. */
export type Operation = { readonly service: string; readonly name: string; readonly mutating: boolean };

/** AWS names its operations by verb. AssumeRole and the like make no resource either. */
const READS = /^(Get|List|Describe|Head|BatchGet|Lookup|Search|Simulate|Assume|Select|Query|Scan)/;

export function operationOf(service: string, command: string | undefined): Operation {
  const name = command?.replace(/Command$/, '') ?? 'unknown';
  return { service, name, mutating: !READS.test(name) };
}

import type { CallContext } from './engine/call-context.ts';

/** One attempt of one call to the cloud: what metrics and the log are made of. */
export type CloudCall = Partial<CallContext> & {
  readonly service: string;
  readonly operation: string;
  readonly mutating: boolean;
  readonly outcome: 'success' | 'error' | 'throttled';
  readonly durationMs: number;
  /** Calls a second that are let through to this service now; infinite while it has not refused any. */
  readonly rateLimit?: number;
};

import { AsyncLocalStorage } from 'node:async_hooks';

/** Why a call to the cloud is made; shown in metrics and logs. */
export type Purpose = 'observe' | 'create' | 'update' | 'delete' | 'retain';

export type CallContext = {
  readonly purpose: Purpose;
  /** `Kind/namespace/name`; absent where one call serves many objects. */
  readonly object?: string;
  readonly node?: string;
  readonly generation?: number;
  readonly commit?: string;
};

/** Lets whoever carries a call out know what it is for, without every resource type passing it on. */
export const callContext = new AsyncLocalStorage<CallContext>();

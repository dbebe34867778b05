/** Time as the engine sees it, in milliseconds since the epoch; tests give their own. */
export interface Clock {
  now(): number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

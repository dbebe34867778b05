/** From where on somebody is told, where no manifest says it. */
export const databaseLimits = {
  cpuPercent: 80,
  /** Of as many as it takes. */
  connectionsPercent: 80,
  freeStorageGiB: 5,
  latencyMilliseconds: 20,
  freeableMemoryMiB: 500,
  /** Of all its memory: a small instance has not much more than what is little of a large one. */
  freeableMemoryPercent: 10,
} as const;

export const cacheLimits = {
  cpuPercent: 80,
  memoryPercent: 80,
  connections: 1_000,
  hitRatePercent: 80,
  /** With fewer reads in five minutes the hit rate says nothing. */
  readsPer5Minutes: 100,
  replicationLagSeconds: 1,
  evictionsPer5Minutes: 100,
} as const;

/** Metrics are in bytes and seconds. */
export const bytesOf = {
  MiB: (count: number): number => count * 1024 ** 2,
  GiB: (count: number): number => count * 1024 ** 3,
} as const;

export const secondsOf = (milliseconds: number): number => milliseconds / 1_000;

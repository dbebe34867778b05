/** How long a new resource stays in a state of its life: seconds, or `held` until it is released. */
export type StateDuration = number | 'held';

/** Durations by resource type and state: `{ 'ec2/nat-gateway': { pending: 2, deleting: 'held' } }`. */
export type Lifecycles = Readonly<Record<string, Readonly<Record<string, StateDuration>>>>;

/** Seconds for which the lists of a service do not show what was just written: `{ tagging: 5, s3: 1 }`. */
export type Staleness = Readonly<Record<string, number>>;

/** What a test may change in a running emulator. */
export interface EmulatorControls {
  /** Forgets every resource, and what the two setters below were told. */
  readonly reset: () => Promise<void>;
  /** Remembers what there is, and what the two setters below were told. */
  readonly checkpoint: () => Promise<void>;
  /** Makes it be as it was at the last checkpoint, as often as wanted; open connections are closed. */
  readonly returnToCheckpoint: () => Promise<void>;
  /** The same with the checkpoint before the last, which is forgotten. */
  readonly returnToEarlierCheckpoint: () => Promise<void>;
  /** Replaces the durations of the named resource types. Resources that already wait keep theirs. */
  readonly setLifecycles: (lifecycles: Lifecycles) => Promise<void>;
  /** Lets resources go on that are held (or wait) in a state: of one type, or of all. */
  readonly release: (resourceType?: string) => Promise<void>;
  /** Replaces the staleness of the named services. */
  readonly setStaleness: (staleness: Staleness) => Promise<void>;
  /** Lets so much time pass at once, for states and staleness. */
  readonly elapse: (seconds: number) => Promise<void>;
  /** What AWS shows nobody of a database. */
  readonly revealDatabase: (kind: DatabaseKind, identifier: string) => Promise<HiddenInDatabase>;
  /** The auth tokens that a replication group accepts, the newest last. */
  readonly revealTokens: (name: string) => Promise<readonly string[]>;
}

export type DatabaseKind = 'cluster' | 'instance';

export type HiddenInDatabase = {
  /** Of the master user: the one in force. */
  readonly password: string;
  /** The name of the database or snapshot that its data comes from, and the time if one was asked for; or null. */
  readonly restoredFrom: unknown;
};

export function emulatorControls(endpoint: string): EmulatorControls {
  return {
    reset: async () => void (await post(endpoint, 'reset', undefined)),
    checkpoint: async () => void (await post(endpoint, 'checkpoint', undefined)),
    returnToCheckpoint: async () => void (await post(endpoint, 'checkpoint/return', undefined)),
    returnToEarlierCheckpoint: async () =>
      void (await post(endpoint, 'checkpoint/return-to-earlier', undefined)),
    setLifecycles: async (lifecycles) => void (await post(endpoint, 'lifecycle', lifecycles)),
    release: async (resourceType = '*') => void (await post(endpoint, 'lifecycle/release', { resourceType })),
    setStaleness: async (staleness) => void (await post(endpoint, 'staleness', staleness)),
    elapse: async (seconds) => void (await post(endpoint, 'elapse', { seconds })),
    revealDatabase: async (kind, identifier) =>
      hiddenIn(await post(endpoint, 'rds/reveal', { kind, identifier })),
    revealTokens: async (name) => tokensIn(await post(endpoint, 'elasticache/reveal', { name })),
  };
}

function hiddenIn(answer: string): HiddenInDatabase {
  const { password, restoredFrom }: { readonly password?: unknown; readonly restoredFrom?: unknown } =
    JSON.parse(answer);
  if (typeof password !== 'string') throw new Error('The emulator told no password');
  return { password, restoredFrom };
}

function tokensIn(answer: string): readonly string[] {
  const { tokens }: { readonly tokens: readonly string[] } = JSON.parse(answer);
  return tokens;
}

async function post(endpoint: string, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${endpoint}/moto-api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The emulator refused ${path} with ${response.status}: ${text}`);
  return text;
}

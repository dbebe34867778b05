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
  /** Replaces the durations of the named resource types. Resources that already wait keep theirs. */
  readonly setLifecycles: (lifecycles: Lifecycles) => Promise<void>;
  /** Lets resources go on that are held (or wait) in a state: of one type, or of all. */
  readonly release: (resourceType?: string) => Promise<void>;
  /** Replaces the staleness of the named services. */
  readonly setStaleness: (staleness: Staleness) => Promise<void>;
}

export function emulatorControls(endpoint: string): EmulatorControls {
  return {
    reset: () => post(endpoint, 'reset', undefined),
    setLifecycles: (lifecycles) => post(endpoint, 'lifecycle', lifecycles),
    release: (resourceType = '*') => post(endpoint, 'lifecycle/release', { resourceType }),
    setStaleness: (staleness) => post(endpoint, 'staleness', staleness),
  };
}

async function post(endpoint: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${endpoint}/moto-api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The emulator refused ${path} with ${response.status}: ${text}`);
}

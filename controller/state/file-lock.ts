import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Clock } from '../engine/clock.ts';
import { Conflict } from '../engine/errors.ts';
import { parseRfc3339, toRfc3339 } from '../time.ts';
import { hasCode } from './durable.ts';
import { hasEnded, processIdentity } from './process-identity.ts';

/** Who holds a lock; times are RFC 3339. */
type Holder = {
  readonly token: string;
  readonly pid: number;
  /** Tells two processes with the same pid apart, where the system can say. */
  readonly process: string;
  readonly host: string;
  readonly startedAt: string;
  readonly renewedAt: string;
};

const renewEvery = 15_000;
/** A holder on another host that was silent for so long is taken for dead. */
const leaseTime = 60_000;

/** Another process has the state; the message says which, and what to do. */
export class StateLocked extends Error {
  override readonly name = 'StateLocked';
}

/** Keeps a directory to one process. The lock of a process that has ended is taken over. */
export class FileLock {
  private readonly file: string;
  private readonly clock: Clock;
  private readonly stopping = new AbortController();
  private holder: Holder;
  private isLost = false;
  private renewing: Promise<void> = Promise.resolve();

  private constructor(file: string, clock: Clock, holder: Holder) {
    this.file = file;
    this.clock = clock;
    this.holder = holder;
  }

  static async acquire(directory: string, clock: Clock): Promise<FileLock> {
    const file = join(directory, '.lock');
    const now = toRfc3339(clock.now());
    const holder: Holder = {
      token: randomUUID(),
      pid: process.pid,
      process: await processIdentity(process.pid),
      host: hostname(),
      startedAt: now,
      renewedAt: now,
    };
    await take(file, holder, clock.now());
    const lock = new FileLock(file, clock, holder);
    lock.renewing = lock.keepRenewing();
    return lock;
  }

  /** Throws Conflict when another process has taken the lock over. */
  async assertHeld(): Promise<void> {
    // A process that was stopped for longer than the lease cannot know without looking.
    const renewedAt = parseRfc3339(this.holder.renewedAt) ?? 0;
    if (!this.isLost && this.clock.now() - renewedAt > leaseTime / 2) await this.renew();
    if (this.isLost)
      throw new Conflict(`the state is no longer held by this process: ${this.file} is gone or another's`);
  }

  async release(): Promise<void> {
    this.stopping.abort();
    await this.renewing;
    const current = await readHolder(this.file);
    if (current?.token === this.holder.token) await rm(this.file, { force: true });
  }

  private async keepRenewing(): Promise<void> {
    while (!this.isLost) {
      try {
        await this.clock.sleep(renewEvery, this.stopping.signal);
      } catch {
        return;
      }
      // A disk that cannot be written says so, louder, at the next save.
      await this.renew().catch(() => undefined);
    }
  }

  private async renew(): Promise<void> {
    const current = await readHolder(this.file);
    if (current?.token !== this.holder.token) {
      this.isLost = true;
      return;
    }
    const renewed = { ...this.holder, renewedAt: toRfc3339(this.clock.now()) };
    await writeFileAtomic(this.file, JSON.stringify(renewed), { mode: 0o600 });
    this.holder = renewed;
  }
}

async function take(file: string, holder: Holder, now: number): Promise<void> {
  const draft = `${file}.${holder.token}`;
  try {
    // Linked rather than written in place, so that nobody ever reads half a lock.
    await writeFileAtomic(draft, JSON.stringify(holder), { mode: 0o600 });
    while (!(await linked(draft, file))) {
      const current = await readHolder(file);
      if (current !== undefined && !(await isDead(current, now))) throw locked(file, current);
      await putAside(file, current, `${draft}.stale`);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Only one of several processes that want to take over gets to move the lock that all of them saw. */
async function putAside(file: string, expected: Holder | undefined, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const moved = await readHolder(aside);
  // It was not the dead one any more: give it back.
  if (moved !== undefined && moved.token !== expected?.token) await linked(aside, file);
  await rm(aside, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isDead(holder: Holder, now: number): Promise<boolean> {
  if (holder.host === hostname()) return hasEnded(holder.pid, holder.process);
  return now - (parseRfc3339(holder.renewedAt) ?? 0) > leaseTime;
}

function locked(file: string, { pid, host, startedAt }: Holder): StateLocked {
  return new StateLocked(
    `the state is in use by process ${pid} on ${host} since ${startedAt}: stop that process, or give this one ` +
      `a state directory of its own; if it is certain that it has ended, remove ${file}`,
  );
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const texts = ['token', 'process', 'host', 'startedAt', 'renewedAt'];
  return typeof fields.get('pid') === 'number' && texts.every((name) => typeof fields.get(name) === 'string');
}

import type { InitializeMiddleware, Pluggable } from '@smithy/types';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEmulator, type Emulator } from '../../../emulator/start.ts';
import { Database } from './master-credentials-samples.ts';

let emulator: Emulator;
let database: Database;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
afterEach(() => {
  vi.useRealTimers();
  database.connection.close();
});

function later(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

/** From its call of this number on nothing comes of a process: it ends before the call, or before its answer. */
class Life {
  isOver = false;
  private calls = 0;
  private readonly last: number;
  private readonly when: 'before' | 'after';

  constructor(last: number, when: 'before' | 'after') {
    this.last = last;
    this.when = when;
  }

  /** Outside of everything that could try again. */
  plugin<Input extends object, Output extends object>(): Pluggable<Input, Output> {
    const ends: InitializeMiddleware<Input, Output> = (next) => (args) => this.call(() => next(args));
    return {
      applyToStack(stack) {
        stack.addRelativeTo(ends, { relation: 'before', toMiddleware: 'outcomes', name: 'ends' });
      },
    };
  }

  private async call<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    this.calls += 1;
    if (this.calls > this.last || (this.calls === this.last && this.when === 'before')) this.end();
    const answer = await send();
    if (this.calls >= this.last) this.end();
    return answer;
  }

  private end(): never {
    this.isOver = true;
    throw new Error('killed');
  }
}

/** True if it came to its end before it was killed. */
async function survives(it: Database, number: number, when: 'before' | 'after'): Promise<boolean> {
  const life = new Life(number, when);
  it.aws.secrets.middlewareStack.use(life.plugin());
  it.aws.rds.middlewareStack.use(life.plugin());
  try {
    await convergeWithTime(it);
    return true;
  } catch (error) {
    if (life.isOver) return false;
    throw error;
  }
}

async function convergeWithTime(it: Database): Promise<void> {
  for (let pass = 0; pass < 12; pass += 1) {
    if (await it.pass()) return;
    later(11_000);
  }
  throw new Error('it does not converge');
}

async function makeOneWithAddress(): Promise<void> {
  database = await Database.prepare(emulator, 'cluster');
  await convergeWithTime(database);
  await database.rotate();
}

async function makeRestoredOne(): Promise<void> {
  database = await Database.prepare(emulator, 'instance', 'Password-of-the-source');
  database.spec = { ...database.spec, writesFirstPassword: true };
}

async function makeNewOne(): Promise<void> {
  database = await Database.prepare(emulator, 'cluster');
}

describe.each([
  ['the first connection of a new database and its secret', makeNewOne],
  ['the first connection of a restored database and its secret', makeRestoredOne],
  ['the rotation of a password', makeOneWithAddress],
])('%s, ended', (_, prepare) => {
  test.each(['before', 'after'] as const)('%s any of its calls, is brought to its end', async (when) => {
    let killedAt = 0;
    for (let isOver = false; !isOver; killedAt += 1) {
      await prepare();
      const before = await database.value();
      const ended = database.restarted();
      isOver = await survives(ended, killedAt + 1, when);
      ended.connection.close();
      const next = database.restarted();
      await convergeWithTime(next);
      const { password, ...rest } = await next.value();
      expect(await next.passwordOfDatabase()).toBe(password);
      expect(rest).toEqual({ ...before, ...rest, host: next.spec.host, port: 5432, password: undefined });
      expect(await next.writesDuring(() => next.pass())).toEqual([]);
      next.connection.close();
      database.connection.close();
      vi.useRealTimers();
    }
    // It was ended at each of them.
    expect(killedAt).toBeGreaterThan(4);
  });
});

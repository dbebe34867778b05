import { describe, expect, it } from 'vitest';
import { keyOf, type ObjectRecord } from '../../controller/object.ts';
import { Objects } from '../../controller/objects.ts';
import { manifest, recordOf } from './records.ts';

const record = recordOf(manifest('DataLake', 'production', 'lake'));
const seenAt = (time: string): ObjectRecord => ({
  ...record,
  status: { ...record.status, lastObservedTime: time },
});

describe('putting a record', () => {
  it('writes only what matters', async () => {
    const saves: ObjectRecord[] = [];
    const objects = new Objects({ save: async (saved) => void saves.push(saved), remove: async () => {} });
    await objects.put(seenAt('2026-01-01T00:00:00Z'));
    await objects.put(seenAt('2026-01-01T00:05:00Z'));
    expect(saves).toHaveLength(1);
    expect(objects.get(keyOf(record))?.status.lastObservedTime).toBe('2026-01-01T00:05:00Z');
  });

  it('writes again what could not be written', async () => {
    let fails = true;
    let saves = 0;
    const save = async (): Promise<void> => {
      saves += 1;
      if (fails) throw new Error('the disk is full');
    };
    const objects = new Objects({ save, remove: async () => {} });
    await expect(objects.put(record)).rejects.toThrow('the disk is full');
    fails = false;
    await objects.put(record);
    expect(saves).toBe(2);
  });

  it('resolves only when it is durable, also while the same is being written already', async () => {
    const writing = Promise.withResolvers<void>();
    const objects = new Objects({ save: () => writing.promise, remove: async () => {} });
    let durable = 0;
    const puts = [objects.put(record), objects.put(record)].map(async (put) => {
      await put;
      durable += 1;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(durable).toBe(0);
    writing.resolve();
    await Promise.all(puts);
    expect(durable).toBe(2);
  });
});

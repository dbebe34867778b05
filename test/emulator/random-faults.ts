import type { Decision } from './fault-proxy.ts';

/** Throttles a fifth of the calls, fails a tenth, and lets some break off or stay without an answer; by the seed. */
export function randomFaults(seed: number): () => Decision {
  const random = seeded(seed);
  return () => {
    const chance = random();
    if (chance < 0.2) return 'throttle';
    if (chance < 0.3) return 'error500';
    if (chance < 0.35) return 'cut';
    return chance < 0.39 ? 'lose-response' : 'pass';
  };
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

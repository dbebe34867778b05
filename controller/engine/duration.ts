const units: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A text that is not a duration, with what one looks like. */
export class InvalidDuration extends Error {
  override readonly name = 'InvalidDuration';

  constructor(text: string) {
    super(`"${text}" is not a duration: write a number and a unit (ms, s, m, h, d), as in 30s, 5m or 1h30m`);
  }
}

/** Milliseconds of a duration as Go and Kubernetes write it: `5m`, `1h30m`, `1.5s`. */
export function parseDuration(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) throw new InvalidDuration(text);
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([a-z]+)/g))
    total += Number(amount) * (units.get(unit ?? '') ?? 0);
  return total;
}

/** The opposite of {@link parseDuration}, to the millisecond: `1h30m`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds));
  const parts: string[] = [];
  for (const [unit, size] of [...units].toReversed()) {
    const amount = Math.floor(rest / size);
    if (amount > 0) parts.push(`${amount}${unit}`);
    rest %= size;
  }
  return parts.length === 0 ? '0s' : parts.join('');
}

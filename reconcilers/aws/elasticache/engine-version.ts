/**
 * Whether a version is what is wanted. AWS chooses the last part, and raises versions within a major one by
 * itself; it never lowers one. `6.x` stands for all of 6. Numbers go on from Redis OSS to Valkey.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html
 */
export function coversVersion(wanted: string, actual: string): boolean {
  if (actual === '') return true;
  const [want, have] = [numbersIn(wanted), numbersIn(actual)];
  return want[0] === have[0] && !isLower(have, want);
}

export function isDowngrade(wanted: string, actual: string): boolean {
  return isLower(numbersIn(wanted), numbersIn(actual)) && !coversVersion(wanted, actual);
}

/** AWS goes back to no earlier version, and a major one changes what clients can rely on. */
export function majorUpgrade(wanted: string, actual: string): string | undefined {
  const [[want = 0], [have = 0]] = [numbersIn(wanted), numbersIn(actual)];
  if (actual === '' || want <= have) return undefined;
  return `the upgrade from version ${actual} to ${wanted} is a major one, and cannot be undone`;
}

/**
 * Redis OSS ends at 7.1, where Valkey begins with 7.2.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
export function isValkeyOnly(version = ''): boolean {
  return !isLower(numbersIn(version), [7, 2]);
}

/**
 * The version to ask for: where the present one will do, that one, of which AWS chooses the last part from Redis OSS 6
 * on. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
export function versionToAskFor(wanted: string, present: string): string {
  if (present === '' || !coversVersion(wanted, present)) return wanted;
  const [major = '', minor = ''] = present.split('.');
  return Number(major) < 6 ? present : `${major}.${minor}`;
}

function numbersIn(version: string): readonly number[] {
  return version.split('.').map((part) => (part === 'x' ? 0 : Number(part)));
}

function isLower(one: readonly number[], other: readonly number[]): boolean {
  for (const [index, number] of other.entries()) {
    const mine = one[index] ?? 0;
    if (mine !== number) return mine < number;
  }
  return false;
}

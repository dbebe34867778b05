const UNTIL_THEN = ', until the maintenance window ';

/** The version in force; with an upgrade that waits, that one and the one in force, as one value for people. */
export function versionOf(present = '', waiting?: string): string {
  return waiting === undefined ? present : `${waiting}${UNTIL_THEN}${present}`;
}

/** The one that it has when nothing waits any more. */
export function finalVersion(actual: string): string {
  return partsOf(actual).final;
}

/**
 * Whether an engine has the version that is wanted, or one that AWS raised it to by itself. Of PostgreSQL the first
 * number is the major version: `15` is any 15.x; `15.4` is 15.4 and every later 15.x, as AWS raises minor versions
 * in the maintenance window when the old one is withdrawn, or always if automatic upgrades are on, and never lowers
 * one. Another major version, or an earlier minor one, is a difference, and so is an upgrade that waits though what is
 * there is the minor version that is wanted: it was taken back, or somebody else asked for it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.MinorVersion.html
 */
export function coversVersion(wanted: string, actual: string): boolean {
  const { present, final } = partsOf(actual);
  if (!covers(wanted, final)) return false;
  const isAnyMinor = numbersIn(wanted).length === 1;
  return final === present || isAnyMinor || !covers(wanted, present);
}

function covers(wanted: string, actual: string): boolean {
  const [major, ...minor] = numbersIn(wanted);
  const [actualMajor, ...actualMinor] = numbersIn(actual);
  return major === actualMajor && !isEarlier(actualMinor, minor);
}

export function isOtherMajor(wanted: string, actual: string): boolean {
  return numbersIn(wanted)[0] !== numbersIn(actual)[0];
}

export function isEarlierMajor(wanted: string, actual: string): boolean {
  const [major = 0] = numbersIn(wanted);
  const [actualMajor = 0] = numbersIn(actual);
  return major < actualMajor;
}

/**
 * An earlier major version is no matter of approval: AWS goes there in no way. It is a wish that is taken back, or an
 * error to be told when it is tried.
 */
export function refusalOfMajor(wanted: string, actual: string): string | undefined {
  return isOtherMajor(wanted, actual) && !isEarlierMajor(wanted, actual)
    ? `a major upgrade from ${finalVersion(actual)} to ${wanted} cannot be undone`
    : undefined;
}

function isEarlier(version: readonly number[], than: readonly number[]): boolean {
  for (const [index, number] of than.entries()) {
    const other = version[index] ?? 0;
    if (other !== number) return other < number;
  }
  return false;
}

function partsOf(actual: string): { readonly present: string; readonly final: string } {
  const [final = '', present = final] = actual.split(UNTIL_THEN);
  return { present, final };
}

function numbersIn(version: string): readonly number[] {
  return finalVersion(version).split('.').map(Number);
}

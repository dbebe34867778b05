/**
 * The nominal memory of an instance class in MiB; 0 where it is not known, as of `db.serverless`, which has more with
 * its capacity: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
export function memoryMiBOf(instanceClass: string): number {
  const [, family = '', size = ''] = /^db\.([a-z]+\d+[a-z]*)\.(\w+)$/.exec(instanceClass) ?? [];
  const small = family.startsWith('t') ? SMALL[size] : undefined;
  return 1024 * (small ?? largeOf(family) * multipleOf(size));
}

/** Sizes of burstable classes, in GiB. */
const SMALL: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4 };

/** What the size `large` of a family has, in GiB. */
function largeOf(family: string): number {
  if (/^(t[2-4]|m[4-8])/.test(family)) return 8;
  if (/^r[34]/.test(family)) return 15.25;
  if (/^r[5-8]/.test(family)) return 16;
  if (/^x2ie[dz]n$/.test(family)) return 64;
  return /^x[28]/.test(family) ? 32 : 0;
}

/** `large` is once, `xlarge` twice, `4xlarge` eight times. */
function multipleOf(size: string): number {
  if (size === 'large') return 1;
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  return times === undefined ? 0 : 2 * Number(times || 1);
}

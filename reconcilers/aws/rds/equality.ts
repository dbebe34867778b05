/** Where nothing is wanted AWS chooses, and whatever it chose is right. */
export function sameOrAny(wanted: string, actual: string): boolean {
  return wanted === '' || wanted.toLowerCase() === actual.toLowerCase();
}

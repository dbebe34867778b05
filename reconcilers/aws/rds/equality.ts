/** Where nothing is wanted AWS chooses, and whatever it chose is right. */
export function sameOrAny(wanted: string, actual: string): boolean {
  return wanted === '' || wanted.toLowerCase() === actual.toLowerCase();
}

/**
 * AWS tells the name of the first database if one was given when the cluster or instance was made, which a restore does
 * not do. What it does not tell is no other name.
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html
 */
export function sameIfShown(wanted: string, actual: string): boolean {
  return actual === '' || wanted === actual;
}

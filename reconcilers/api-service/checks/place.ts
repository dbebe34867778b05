import type { OtherObject, OtherObjects } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';

export type Place = { readonly account: string; readonly region: string };

/** Where an Environment says that its objects are; undefined if it is missing or faulty. */
export function placeOf(environment: OtherObject | undefined): Place | undefined {
  const aws = environment?.spec['aws'];
  if (!isFields(aws)) return undefined;
  const { accountId, region } = aws;
  return typeof accountId === 'string' && typeof region === 'string'
    ? { account: accountId, region }
    : undefined;
}

/** The other objects of a kind in the same account and region, where many names are unique. */
export function neighboursOf(
  kind: string,
  { self, environment, allOf }: OtherObjects,
): readonly OtherObject[] {
  const own = placeOf(environment);
  const environments = new Map(allOf('Environment').map((one) => [one.metadata.name, placeOf(one)]));
  return allOf(kind).filter(({ metadata: { namespace = '' } }) => {
    if (namespace === self.metadata.namespace) return true;
    const other = environments.get(namespace);
    return own !== undefined && other?.account === own.account && other.region === own.region;
  });
}

/** `ApiService/production/api` */
export function labelOf(kind: string, { metadata: { namespace = '', name } }: OtherObject): string {
  return `${kind}/${namespace}/${name}`;
}

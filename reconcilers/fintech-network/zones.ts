import type { FintechNetworkSpec, Tier } from './spec.ts';

/** An availability zone with the CIDR of each of its subnets. */
export type Zone = { readonly name: string; readonly cidrs: Readonly<Record<Tier, string>> };

/** In the order of their names, so that the order in the manifest means nothing. */
export function zonesOf({ availabilityZones, subnets }: FintechNetworkSpec): readonly Zone[] {
  const cidrOf = (tier: Tier, index: number): string => subnets[tier][index] ?? '';
  return availabilityZones
    .map((name, index) => ({
      name,
      cidrs: { public: cidrOf('public', index), app: cidrOf('app', index), data: cidrOf('data', index) },
    }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

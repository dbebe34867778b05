import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { networkOf, overlap } from '../cidr.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** Networks of one Environment are going to be connected one day, and then their addresses must differ. */
export function checkNeighbours(
  { cidr }: FintechNetworkSpec,
  { environment, allOf }: OtherObjects,
): readonly SpecFault[] {
  const network = networkOf(cidr);
  if (network === undefined || environment === undefined) return [];
  return allOf('FintechNetwork')
    .filter(({ metadata }) => metadata.namespace === environment.metadata.name)
    .flatMap(({ metadata, spec }) => {
      const other = networkOf(spec['cidr']);
      if (other === undefined || !overlap(network, other)) return [];
      const { namespace = '', name } = metadata;
      const message = `${cidr} overlaps ${other.cidr} of FintechNetwork/${namespace}/${name}`;
      return [{ path: ['cidr'], message }];
    });
}

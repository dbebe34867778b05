import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { FintechNetworkSpec } from '../spec.ts';

/** Availability zones of the Environment's region, each once. */
export function checkZones(
  { availabilityZones }: FintechNetworkSpec,
  { environment }: OtherObjects,
): readonly SpecFault[] {
  const region = regionOf(environment?.spec['aws']);
  return availabilityZones.flatMap((zone, index) => {
    const message = faultOf(zone, availabilityZones.slice(0, index), region);
    return message === undefined ? [] : [{ path: ['availabilityZones', index], message }];
  });
}

function faultOf(zone: string, before: readonly string[], region: string | undefined): string | undefined {
  if (before.includes(zone)) return `${zone} is named twice; each subnet of a tier needs a zone of its own`;
  const example = `${region ?? 'us-east-1'}a`;
  // https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
  if (/^[a-z]+\d+-az\d+$/.test(zone)) return `${zone} is the id of a zone; write its name, like ${example}`;
  // https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-local-zones.html, as us-east-1-bos-1a
  if (/^[a-z]+(-[a-z]+)+-\d+-.+$/.test(zone))
    return `${zone} is a Local Zone or a Wavelength Zone, where NAT gateways and most endpoints are not offered`;
  if (!/^[a-z]+(-[a-z]+)+-\d+[a-z]$/.test(zone)) return `${zone} is no availability zone, like ${example}`;
  if (region === undefined || zone.slice(0, -1) === region) return undefined;
  return `${zone} is not in ${region}, the region of the Environment`;
}

function regionOf(aws: unknown): string | undefined {
  const region = isFields(aws) ? aws['region'] : undefined;
  return typeof region === 'string' ? region : undefined;
}

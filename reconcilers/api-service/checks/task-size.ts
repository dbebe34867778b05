import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { sidecarsOf } from '../xray-daemon.ts';

/** In MiB, by units of processor: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
const sizes: ReadonlyMap<number, { readonly least: number; readonly most: number; readonly step: number }> =
  new Map([
    [512, { least: 1024, most: 4096, step: 1024 }],
    [1024, { least: 2048, most: 8192, step: 1024 }],
    [2048, { least: 4096, most: 16384, step: 1024 }],
    [4096, { least: 8192, most: 30720, step: 1024 }],
    [8192, { least: 16384, most: 61440, step: 4096 }],
    [16384, { least: 32768, most: 122880, step: 8192 }],
  ]);

const ofSmallest = [512, 1024, 2048];

/** A pair of processor and memory that Fargate has, of which the sidecars leave something. */
export function checkTaskSize(spec: ApiServiceSpec): readonly SpecFault[] {
  const { cpu, memory } = spec.container;
  const fault = memoryFault(cpu, memory);
  if (fault !== undefined) return [{ path: ['container', 'memory'], message: fault }];
  const sidecars = sidecarsOf(spec);
  const names = sidecars.map(({ name }) => name).join(', ');
  const reserved = [
    ['cpu', cpu, sum(sidecars.map((sidecar) => sidecar.cpu))],
    ['memory', memory, sum(sidecars.map((sidecar) => sidecar.memory))],
  ] as const;
  return reserved.flatMap(([field, all, taken]) => {
    if (taken < all) return [];
    return [{ path: ['container', field], message: `${all} leaves nothing for app: ${names} take ${taken}` }];
  });
}

function memoryFault(cpu: number, memory: number): string | undefined {
  const size = sizes.get(cpu);
  if (size === undefined) {
    if (ofSmallest.includes(memory)) return undefined;
    return `Fargate has no ${memory} MiB with cpu: ${cpu}; it has ${ofSmallest.join(', ')}`;
  }
  const { least, most, step } = size;
  if (memory >= least && memory <= most && memory % step === 0) return undefined;
  return `Fargate has no ${memory} MiB with cpu: ${cpu}; it has ${least} to ${most} in steps of ${step}`;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value = 0) => total + value, 0);
}

import type { SidecarSpec } from './spec.ts';

/**
 * What takes traces from the program and sends them, where `tracing` is on and `sidecars` has none of this name:
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-daemon-ecs.html
 */
export const xrayDaemon = {
  name: 'xray-daemon',
  image: 'public.ecr.aws/xray/aws-xray-daemon:latest',
  cpu: 32,
  memory: 256,
  port: '2000/udp',
  environment: {},
  essential: false,
} as const satisfies SidecarSpec;

/** The sidecars of the spec, and the daemon if it has to be added. */
export function sidecarsOf(spec: {
  readonly sidecars: readonly SidecarSpec[];
  readonly tracing: boolean;
}): readonly SidecarSpec[] {
  const isThere = spec.sidecars.some(({ name }) => name === xrayDaemon.name);
  return spec.tracing && !isThere ? [...spec.sidecars, xrayDaemon] : spec.sidecars;
}

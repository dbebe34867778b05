import type { IngressSpec } from './spec.ts';

/**
 * AWS changes no scheme, and a target group belongs to one load balancer: with another scheme everything is made anew
 * beside what there is, by names and node ids with this part, and the old goes when the service has moved.
 */
export function placeOf({ scheme }: IngressSpec): 'public' | 'internal' {
  return scheme === 'internal' ? 'internal' : 'public';
}

import { hash } from 'node:crypto';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const LONGEST = 32;
const HASH_LENGTH = 8;
const ALLOWED = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
const RESERVED = /^internal-/i;

/**
 * A name that load balancers and target groups may have, made of a longer one: the same for the same text, and another
 * for every other. What fits already stays as it is.
 */
export function elbNameOf(name: string): string {
  if (name.length <= LONGEST && ALLOWED.test(name) && !RESERVED.test(name)) return name;
  const readable = name
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '')
    .join('-')
    .replace(/^(internal(-|$))+/i, '');
  const digest = hash('sha256', name).slice(0, HASH_LENGTH);
  const shortened = readable.slice(0, LONGEST - HASH_LENGTH - 1).replace(/-$/, '');
  return shortened === '' ? digest : `${shortened}-${digest}`;
}

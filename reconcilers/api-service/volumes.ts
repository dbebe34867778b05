import { hash } from 'node:crypto';

const LONGEST = 64;

/**
 * The volume that is mounted at a path: of the letters, digits, `_` and `-` that ECS takes, and another for every path.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html
 */
export function volumeOf(path: string): string {
  const readable = path.replace(/[^A-Za-z0-9]+/g, '-').slice(0, LONGEST);
  return `writable${readable}-${hash('sha256', path).slice(0, 8)}`;
}

import { describe, expect, test } from 'vitest';
import { elbNameOf } from '../../../../reconcilers/aws/elb/load-balancer-name.ts';

const long = 'production-fintech-api-load-balancer-internet-facing';

describe('the name of a load balancer or target group', () => {
  test.each(['production-fintech-api-alb', 'a', 'internal', 'x'.repeat(32)])('%s stays as it is', (name) => {
    expect(elbNameOf(name)).toBe(name);
  });

  test('is shortened to what AWS takes, and stays readable', () => {
    expect(elbNameOf(long)).toMatch(/^production-fintech-api-[0-9a-f]{8}$/);
  });

  test('is the same for the same text, and another for every other', () => {
    expect(elbNameOf(long)).toBe(elbNameOf(long));
    const others = [long, `${long}-2`, long.replace('internet-facing', 'internal'), long.toUpperCase()];
    expect(new Set(others.map((name) => elbNameOf(name))).size).toBe(others.length);
  });

  test.each([
    long,
    'internal-api',
    'Internal-internal-api',
    'internal-internal',
    'internal--',
    '-begins-with-a-hyphen',
    'ends-with-a-hyphen-',
    'two--hyphens',
    'under_scores.and.dots',
    '...',
    'abcdefghijklmnopqrstuvw-and-a-cut-at-a-hyphen',
    `internal-${'x'.repeat(40)}`,
  ])('of %s is one that AWS takes', (name) => {
    const made = elbNameOf(name);
    expect(made).toMatch(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/);
    expect(made).not.toMatch(/^internal-/i);
    expect(made.length).toBeLessThanOrEqual(32);
    expect(elbNameOf(made)).toBe(made);
  });
});

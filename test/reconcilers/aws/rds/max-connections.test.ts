import { expect, test } from 'vitest';
import { defaultMaxConnections } from '../../../../reconcilers/aws/rds/max-connections.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html */
const listed = [
  ['db.t3.medium', 420],
  ['db.t3.large', 844],
  ['db.t4g.medium', 405],
  ['db.t4g.large', 844],
  ['db.r4.large', 1600],
  ['db.r4.xlarge', 3200],
  ['db.r5.large', 1600],
  ['db.r5.xlarge', 3300],
  ['db.r6g.large', 1722],
  ['db.r6g.xlarge', 3479],
  ['db.x2g.large', 3479],
] as const;

test.each(listed)('%s takes nearly the %i connections that AWS lists, and not more', (name, connections) => {
  const estimate = defaultMaxConnections(name);
  // AWS rounds its own numbers.
  expect(Math.round(estimate / 100)).toBeLessThanOrEqual(Math.round(connections / 100));
  expect(estimate / connections).toBeGreaterThan(0.93);
});

test.each(['db.r5.2xlarge', 'db.r4.2xlarge', 'db.r6g.16xlarge', 'db.m7g.4xlarge', 'db.x2iedn.xlarge'])(
  '%s takes 5000, which is the most',
  (name) => {
    expect(defaultMaxConnections(name)).toBe(5_000);
  },
);

test('The smallest classes have much less than their nominal memory', () => {
  const sizes = ['db.t3.micro', 'db.t4g.small', 'db.m6gd.large', 'db.m5.2xlarge'];
  expect(sizes.map((name) => defaultMaxConnections(name))).toEqual([81, 185, 807, 3294]);
});

test.each(['db.serverless', 'db.r5.2xlarge.tpc1.mem2x', 'db.z1d.large', 'db.r6g.metal', 'db.m3.large', ''])(
  'Of %s it is not known',
  (name) => {
    expect(defaultMaxConnections(name)).toBe(0);
  },
);

import { expect, test } from 'vitest';
import { memoryMiBOf } from '../../../../reconcilers/aws/rds/class-memory.ts';

/** In GiB: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html */
test.each([
  ['db.t3.micro', 1],
  ['db.t4g.small', 2],
  ['db.t4g.medium', 4],
  ['db.t3.large', 8],
  ['db.t3.2xlarge', 32],
  ['db.m5d.xlarge', 16],
  ['db.m6gd.large', 8],
  ['db.r4.large', 15.25],
  ['db.r6g.large', 16],
  ['db.r6g.16xlarge', 512],
  ['db.r8g.48xlarge', 1536],
  ['db.x2g.large', 32],
  ['db.x2idn.16xlarge', 1024],
  ['db.x2iedn.xlarge', 128],
  ['db.x2iezn.12xlarge', 1536],
])('%s has %d GiB', (name, memory) => {
  expect(memoryMiBOf(name)).toBe(memory * 1024);
});

test.each(['db.serverless', 'db.r5.2xlarge.tpc1.mem2x', 'db.z1d.large', 'db.r6g.metal', 'db.m3.large', ''])(
  'Of %s it is not known',
  (name) => {
    expect(memoryMiBOf(name)).toBe(0);
  },
);

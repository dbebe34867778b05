import { expect, it } from 'vitest';
import { Command } from './command.ts';

it('The demo shows objects that become ready and drift that is corrected, stays up, and leaves nothing behind', async () => {
  await using demo = new Command('demo/main.ts', []);
  await expect.poll(() => demo.out, { timeout: 40_000, interval: 100 }).toContain('Ctrl-C stops everything.');
  const lines = demo.out.split('\n');
  const at = (pattern: RegExp): number => lines.findIndex((line) => pattern.test(line));

  const story = [
    /^✔ an AWS account, empty, at http:/,
    /^✔ the daemon, on manifests\/, at http:/,
    /^ {2}s3 CreateBucket {2}data$/,
    /^✔ DataLake\/production\/lake is Ready: 5 resources/,
    /^ {2}the public access block of fintech-data-lake-123456789012 is removed$/,
    /^ {2}the versioning of fintech-s3-logs-123456789012 is suspended$/,
    /^ {2}drift: access-logs versioning "Suspended" → "Enabled" \(availability\)$/,
    /^ {2}drift: data publicAccessBlock\.blockPublicAcls false → true \(security\)$/,
    /^ {2}s3 PutPublicAccessBlock {2}data$/,
    /^ {2}corrected: access-logs versioning$/,
    /^✔ AWS is again as the manifests say$/,
    /^ {2}npx fintechctl reconcile DataLake\/lake -n production --server http:/,
  ].map(at);
  expect(story).not.toContain(-1);
  expect(story).toEqual(story.toSorted((one, other) => one - other));
  expect(demo.err).toBe('');
  expect(demo.out).not.toContain('\u001B');
  expect(demo.out).not.toContain('\r');

  const addresses = [...demo.out.matchAll(/^✔ .* at (http:\S+)$/gm)].map(([, address = '']) => address);
  expect(addresses).toHaveLength(2);
  for (const address of addresses) expect((await fetch(address)).status).toBeLessThan(500);
  expect(await demo.signal('SIGINT')).toMatchObject({ code: 0, err: '' });
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow('fetch failed');
}, 60_000);

it('The demo ends when it is interrupted in the middle', async () => {
  await using demo = new Command('demo/main.ts', []);
  await expect.poll(() => demo.out, { timeout: 40_000, interval: 20 }).toContain('the daemon, on manifests/');
  expect(await demo.signal('SIGINT')).toMatchObject({ code: 0, err: '' });
  expect(demo.out).not.toContain('AWS is again');
}, 60_000);

import { expect, it } from 'vitest';
import { Command } from './command.ts';

/** Beside other tests everything takes its time. */
const patience = 120_000;

it(
  'The demo shows objects that become ready and drift that is corrected, stays up, and leaves nothing behind',
  async () => {
    await using demo = new Command('demo/main.ts', [], { limit: patience });
    await expect
      .poll(() => demo.out, { timeout: 80_000, interval: 100 })
      .toContain('Ctrl-C stops everything.');
    const lines = demo.out.split('\n');
    const at = (pattern: RegExp): number => lines.findLastIndex((line) => pattern.test(line));

    const begins = [
      /^✔ an AWS account, empty, at http:/,
      /^✔ the daemon, on manifests\/production\/, at http:/,
    ];
    const lake = [
      /^ {2}s3 CreateBucket {2}.*\bdata\b/,
      /^✔ DataLake\/production\/lake is Ready: 5 resources/,
      /^ {2}the versioning of fintech-s3-logs-123456789012 is suspended$/,
      /^ {2}the public access block of fintech-data-lake-123456789012 is removed$/,
      /^ {2}drift: access-logs versioning "Suspended" → "Enabled" \(availability\)$/,
      /^ {2}drift: data publicAccessBlock\.blockPublicAcls false → true \(security\)$/,
      /^ {2}s3 PutPublicAccessBlock {2}data$/,
      /^ {2}corrected: access-logs versioning$/,
    ];
    const network = [
      /^ {2}ec2 CreateVpc {2}vpc$/,
      /^✔ FintechNetwork\/production\/core is Ready: \d+ resources/,
      /^ {2}port 22 of the database is opened to the whole internet$/,
      /^ {2}the default route of routes-app-us-east-1a is deleted$/,
      /^ {2}drift: sg-database ingress\.tcp 22 from 0\.0\.0\.0\/0 "" → absent \(security\)$/,
      /^ {2}drift: routes-app-us-east-1a routes\.0\.0\.0\.0\/0 absent → "nat-\w+" \(security\)$/,
      /^ {2}ec2 CreateRoute {2}routes-app-us-east-1a$/,
      /^ {2}corrected: routes-app-us-east-1a routes\.0\.0\.0\.0\/0$/,
    ];
    const service = [
      /^ {2}somebody puts a value into the secret fintech\/api-keys, which was made empty$/,
      /^ {2}ecs CreateService {2}service$/,
      /^✔ ApiService\/production\/fintech-api is Ready: \d+ resources/,
      /^ {2}the service is scaled to one task$/,
      /^ {2}the HTTPS listener of the load balancer is deleted$/,
      /^ {2}drift: service desiredCount 1 → 3 \(availability\)$/,
      /^ {2}ecs UpdateService {2}service$/,
      /^ {2}corrected: service desiredCount$/,
    ];
    const database = [
      /^ {2}rds CreateDBCluster {2}cluster$/,
      /^✔ LedgerDatabase\/production\/ledger is Ready: \d+ resources/,
    ];
    const ends = [
      /^✔ AWS is again as the manifests say$/,
      /^ {2}npx fintechctl reconcile FintechNetwork\/core -n production --server http:/,
    ];
    // The objects are made, and corrected, at the same time: none has to be before the others.
    for (const own of [lake, network, database, service]) {
      const story = [...begins, ...own, ...ends].map(at);
      expect(story).not.toContain(-1);
      expect(story).toEqual(story.toSorted((one, other) => one - other));
    }
    expect(lines).toContain('  corrected: sg-database ingress.tcp 22 from 0.0.0.0/0');
    expect(lines).toContain('  corrected: data publicAccessBlock.blockPublicAcls');
    expect(lines).toContain('  corrected: listener-public-443');
    expect(demo.err).toBe('');
    expect(demo.out).not.toContain('\u001B');
    expect(demo.out).not.toContain('\r');

    const addresses = [...demo.out.matchAll(/^✔ .* at (http:\S+)$/gm)].map(([, address = '']) => address);
    expect(addresses).toHaveLength(2);
    for (const address of addresses) {
      const answer = await fetch(address);
      await answer.arrayBuffer();
      expect(answer.status).toBeLessThan(500);
    }
    expect(await demo.signal('SIGINT')).toMatchObject({ code: 0, err: '' });
    for (const address of addresses) await expect(fetch(address)).rejects.toThrow('fetch failed');
  },
  patience,
);

it(
  'The demo ends when it is interrupted in the middle',
  async () => {
    await using demo = new Command('demo/main.ts', [], { limit: patience });
    await expect
      .poll(() => demo.out, { timeout: 80_000, interval: 20 })
      .toContain('the daemon, on manifests/production/');
    expect(await demo.signal('SIGINT')).toMatchObject({ code: 0, err: '' });
    expect(demo.out).not.toContain('AWS is again');
  },
  patience,
);

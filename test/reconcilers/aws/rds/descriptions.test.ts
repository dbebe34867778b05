import { expect, test } from 'vitest';
import { describeClusters, describeInstances } from '../../../../reconcilers/aws/rds/descriptions.ts';
import { startEmulator } from '../../../emulator/start.ts';
import { connectTo } from '../connect.ts';

test('Those who ask for all clusters, or all instances, within a moment share one call', async () => {
  await using emulator = await startEmulator();
  const connection = connectTo(emulator.endpoint);
  const { aws } = connection;
  await connection.checkAccount();
  for (const describe of [describeClusters, describeInstances])
    expect(
      await connection.during(() => Promise.all([describe(aws), describe(aws), describe(aws)])),
    ).toHaveLength(1);
  expect(await connection.during(() => describeClusters(aws).then(() => describeClusters(aws)))).toHaveLength(
    2,
  );
  connection.close();
});

import type { AwsCall } from '../../../reconcilers/aws/calls/call.ts';
import { connectAws, type AwsConnection, type AwsTarget } from '../../../reconcilers/aws/cloud.ts';
import { systemClock } from '../../../controller/time.ts';

/** The account that the emulator takes any access key to belong to. */
export const account = '123456789012';

export type TestConnection = AwsConnection & {
  /** Every attempt of every call, in the order of its end. */
  readonly calls: AwsCall[];
  /** What was called while `action` ran. */
  during(action: () => Promise<unknown>): Promise<readonly AwsCall[]>;
};

/** Connects as the product does: endpoint and credentials come from the environment. */
export function connectTo(endpoint: string, target: Partial<AwsTarget> = {}): TestConnection {
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  const calls: AwsCall[] = [];
  const onCall = (call: AwsCall): void => void calls.push(call);
  const connection = connectAws(
    { accountId: account, region: 'eu-west-1', ...target },
    { onCall },
    systemClock,
  );
  return {
    ...connection,
    calls,
    async during(action) {
      const before = calls.length;
      await action();
      return calls.slice(before);
    },
  };
}

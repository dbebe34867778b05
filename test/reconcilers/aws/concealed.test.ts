import { expect, test } from 'vitest';
import { concealing } from '../../../reconcilers/aws/concealed.ts';

test('A secret that an error repeats is nowhere in it any more, nor in what caused it', async () => {
  const secret = 'a-token-of-sixteen';
  const cause = new Error(`AWS says no to ${secret}`);
  const failure = Promise.reject(new Error(`ModifyReplicationGroup: no to ${secret}`, { cause }));
  const error: unknown = await concealing(secret, failure).catch((caught: unknown) => caught);
  if (!(error instanceof Error)) throw new Error('there was no error');
  expect(error.message).toBe('ModifyReplicationGroup: no to (concealed)');
  for (const text of [error.stack, cause.message, cause.stack]) expect(text).not.toContain(secret);
});

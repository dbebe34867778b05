import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { Terminal } from '../../controller/engine/errors.ts';

/**
 * Makes sure, once, that the credentials belong to the account that is meant: the names and tags of one
 * environment would be as good in any other. An answer is kept, a failure is not.
 */
export function accountCheck(sts: STSClient, accountId: string): () => Promise<void> {
  let checked: Promise<void> | undefined;
  return () => {
    checked ??= check(sts, accountId).catch((error: unknown) => {
      checked = undefined;
      throw error;
    });
    return checked;
  };
}

async function check(sts: STSClient, accountId: string): Promise<void> {
  const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
  if (Account === accountId) return;
  throw new Terminal(
    'WrongAccount',
    `the Environment is in account ${accountId}, but the credentials are of account ${Account ?? '(unknown)'} (${Arn ?? 'no ARN'}): ` +
      `correct the accountId of the Environment, or give it an assumeRole of account ${accountId}`,
  );
}

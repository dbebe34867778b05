import { DeleteRepositoryCommand } from '@aws-sdk/client-ecr';
import { NotFound, Terminal } from '../../../controller/engine/errors.ts';
import type { Aws } from '../cloud.ts';
import { arnOf } from './repository-arn.ts';
import { forgetSettings } from './repository-settings.ts';
import { emptiesOnDeletion, readRepositoryTags, repositoryTags } from './repository-tags.ts';

/** Images go only where the repository itself says so now, by a tag that was put on before. */
export async function deleteRepository(aws: Aws, repositoryName: string): Promise<void> {
  try {
    const force = emptiesOnDeletion(await readRepositoryTags(aws, repositoryName));
    await aws.ecr.send(new DeleteRepositoryCommand({ repositoryName, force }));
  } catch (error) {
    if (error instanceof NotFound) return;
    if (!(error instanceof Terminal) || error.reason !== 'NotEmpty') throw error;
    throw new Terminal(
      'NotEmpty',
      `cannot be deleted: the repository ${repositoryName} holds images; delete them, or set deleteImages and ` +
        `let that be applied before the repository has to go`,
      { cause: error },
    );
  } finally {
    forgetSettings(aws, repositoryName);
    repositoryTags.forget(aws, arnOf(aws, repositoryName));
  }
}

import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';

/**
 * The agent that opens the shell writes files of its own, and AWS supports it nowhere else than where it can:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export function checkExecuteCommand({ executeCommand, container }: ApiServiceSpec): readonly SpecFault[] {
  if (!executeCommand || !container.readOnlyRootFilesystem) return [];
  const message =
    'not with container.readOnlyRootFilesystem: true: ECS Exec needs to write files in the container';
  return [{ path: ['executeCommand'], message }];
}

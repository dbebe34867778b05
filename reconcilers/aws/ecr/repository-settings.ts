import {
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryPolicyCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { InTurns } from '../in-turns.ts';
import { NoConfiguration } from '../outcome.ts';
import { parsePolicy, type PolicyDocument } from '../policy-document.ts';
import { parseLifecycle, type LifecyclePolicy } from './lifecycle-policy.ts';
import type { RepositorySpec } from './repository-spec.ts';

type Settings = Pick<RepositorySpec, 'lifecycle' | 'policy'>;

/** ECR tells each of the two of one repository per call: a list reads one of them. */
const turns = new InTurns<Settings>(1);

export function readSettings(aws: Aws, repositoryName: string): Promise<Settings> {
  return turns.of(aws, repositoryName, {
    lifecycle: () => readLifecycle(aws, repositoryName),
    policy: () => readPolicy(aws, repositoryName),
  });
}

/** To be called after a write: the next list reads both anew. */
export function forgetSettings(aws: Aws, repositoryName: string): void {
  turns.forget(aws, repositoryName);
}

async function readLifecycle({ ecr }: Aws, repositoryName: string): Promise<LifecyclePolicy | undefined> {
  const found = await unlessNone(ecr.send(new GetLifecyclePolicyCommand({ repositoryName })));
  return parseLifecycle(found?.lifecyclePolicyText);
}

export async function writeLifecycle(
  { ecr }: Aws,
  repositoryName: string,
  wanted: LifecyclePolicy | undefined,
): Promise<void> {
  if (wanted === undefined) return ifThere(ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName })));
  const lifecyclePolicyText = JSON.stringify(wanted);
  await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
}

async function readPolicy({ ecr }: Aws, repositoryName: string): Promise<PolicyDocument | undefined> {
  const found = await unlessNone(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
  return parsePolicy(found?.policyText);
}

export async function writePolicy(
  { ecr }: Aws,
  repositoryName: string,
  wanted: PolicyDocument | undefined,
): Promise<void> {
  if (wanted === undefined) return ifThere(ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName })));
  const policyText = JSON.stringify(wanted);
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
}

/** A repository that has none is another thing than one that is not there. */
async function unlessNone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoConfiguration) return undefined;
    throw error;
  }
}

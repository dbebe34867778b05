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
import { NoConfiguration } from '../outcome.ts';
import { parsePolicy, type PolicyDocument } from '../policy-document.ts';
import { parseLifecycle, type LifecyclePolicy } from './lifecycle-policy.ts';

export async function readLifecycle(
  { ecr }: Aws,
  repositoryName: string,
): Promise<LifecyclePolicy | undefined> {
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

export async function readPolicy({ ecr }: Aws, repositoryName: string): Promise<PolicyDocument | undefined> {
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

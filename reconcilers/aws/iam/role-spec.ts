import type { PolicyDocument } from '../policy-document.ts';

export type RoleSpec = {
  /** At most 64 characters, unique in the account whatever the path. */
  readonly name: string;
  readonly description: string;
  /** Seconds, 3600 to 43200. */
  readonly maxSessionDuration: number;
  readonly trustPolicy: PolicyDocument;
  /** By name. Policies that are not here are removed from the role. */
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  /** A set. Policies that are not here are detached from the role. */
  readonly managedPolicyArns: readonly string[];
  /** The ARN of the policy that says what the role can be allowed at most. */
  readonly permissionsBoundary: string | undefined;
};

export type RoleOutputs = {
  readonly arn: string;
  readonly name: string;
  readonly roleId: string;
};

import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, Pluggable } from '@smithy/types';
import type { Clock } from '../../controller/engine/clock.ts';

export type AssumedRole = { readonly roleArn: string; readonly externalId?: string };

/** Shown in CloudTrail beside every call. */
const SESSION_NAME = 'fintech-controller';
/** Credentials are renewed this long, in milliseconds, before they expire, as the SDK's own clients do. */
const RENEW_BEFORE = 5 * 60 * 1000;

/** Credentials of a role, by those of the standard chain; one for all clients that are given it. */
export function credentialsOfRole(
  { roleArn, externalId }: AssumedRole,
  client: {
    readonly region: string;
    readonly requestHandler: object;
    readonly plugin: Pluggable<object, object>;
  },
  clock: Clock,
): AwsCredentialIdentityProvider {
  const { region, requestHandler, plugin } = client;
  const assume = fromTemporaryCredentials({
    params: {
      RoleArn: roleArn,
      RoleSessionName: SESSION_NAME,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
    clientConfig: { region, requestHandler, maxAttempts: 1 },
    clientPlugins: [plugin],
  });
  return keptUntilExpiry(() => assume(), clock);
}

/** Each client keeps credentials on its own; without this, each would assume the role on its own too. */
function keptUntilExpiry(
  provide: () => Promise<AwsCredentialIdentity>,
  clock: Clock,
): AwsCredentialIdentityProvider {
  let current: Promise<AwsCredentialIdentity> | undefined;
  let renewAt = Number.POSITIVE_INFINITY;

  async function renew(): Promise<AwsCredentialIdentity> {
    try {
      const credentials = await provide();
      if (credentials.expiration !== undefined) renewAt = credentials.expiration.getTime() - RENEW_BEFORE;
      return credentials;
    } catch (error) {
      current = undefined;
      throw error;
    }
  }

  return () => {
    if (current === undefined || clock.now() >= renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      current = renew();
    }
    return current;
  };
}

import { GetSecretValueCommand, ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { Clients } from '../../clients.ts';
import type { Emulator } from '../../emulator/start.ts';

export type Database = { readonly kind: 'cluster' | 'instance'; readonly identifier: string };

/** The JSON of the version with this label; nothing where no version has it. */
export async function credentialsIn(
  { secrets }: Clients,
  SecretId: string,
  VersionStage = 'AWSCURRENT',
): Promise<Readonly<Record<string, unknown>>> {
  const text = await textIn(secrets, SecretId, VersionStage);
  const parts: unknown = text === undefined ? {} : JSON.parse(text);
  if (!isFields(parts)) throw new Error(`${SecretId} holds no JSON object`);
  return parts;
}

export async function textIn(
  secrets: Clients['secrets'],
  SecretId: string,
  VersionStage = 'AWSCURRENT',
): Promise<string | undefined> {
  try {
    return (await secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The id of the version that applications read. */
export async function versionInForce({ secrets }: Clients, SecretId: string): Promise<string | undefined> {
  return (await secrets.send(new GetSecretValueCommand({ SecretId }))).VersionId;
}

/** Which labels of the secret stand for the password that the database has now. */
export async function labelsThatOpen(
  { kind, identifier }: Database,
  secret: string,
  emulator: Emulator,
  clients: Clients,
): Promise<readonly string[]> {
  const { password } = await emulator.revealDatabase(kind, identifier);
  const labels = ['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS'];
  const held = await Promise.all(labels.map((label) => credentialsIn(clients, secret, label)));
  return labels.filter((_, index) => held[index]?.['password'] === password);
}

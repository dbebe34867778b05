import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { Terminal } from '../../../controller/engine/errors.ts';
import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { rememberWrite } from './recent-writes.ts';
import { CURRENT, holderOf } from './staging-labels.ts';

/** What a version of a secret holds. It is told only to who asks, so it gets into no log, message or JSON by mistake. */
export class SecretValue {
  readonly arn: string;
  readonly versionId: string;
  readonly #text: string | undefined;

  constructor(arn: string, versionId: string, text: string | undefined) {
    this.arn = arn;
    this.versionId = versionId;
    this.#text = text;
  }

  text(): string {
    if (this.#text === undefined) throw this.unlike('text');
    return this.#text;
  }

  /** All of a JSON object. */
  parts(): Fields {
    const parsed = parse(this.text());
    if (!isFields(parsed)) throw this.unlike('a JSON object');
    return parsed;
  }

  /** One text of a JSON object, such as its `password`. */
  part(key: string): string {
    const part = this.parts()[key];
    if (typeof part !== 'string') throw this.unlike(`a JSON object with a text ${key}`);
    return part;
  }

  private unlike(expected: string): Terminal {
    return new Terminal('InvalidSpec', `expects ${expected} in version ${this.versionId} of ${this.arn}`);
  }
}

/** The value in force, or that of one version. */
export async function readSecret(
  { secrets }: Aws,
  secretArn: string,
  versionId?: string,
): Promise<SecretValue> {
  const { SecretString, VersionId = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: secretArn, VersionId: versionId }),
  );
  return new SecretValue(secretArn, VersionId, SecretString);
}

/** Puts a version in force, once it is valid where the secret is used. The one before stays as AWSPREVIOUS. */
export async function promote(aws: Aws, secretArn: string, versionId: string): Promise<void> {
  const { VersionIdsToStages } = await aws.secrets.send(new DescribeSecretCommand({ SecretId: secretArn }));
  const current = holderOf(VersionIdsToStages, CURRENT);
  if (current === versionId) return;
  rememberWrite(aws, secretArn);
  await aws.secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: CURRENT,
      MoveToVersionId: versionId,
      RemoveFromVersionId: current,
    }),
  );
}

/** An error of JSON.parse would show a part of the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

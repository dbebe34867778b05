import { randomBytes } from 'node:crypto';
import { GetRandomPasswordCommand } from '@aws-sdk/client-secrets-manager';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Fields } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import type { GeneratedText, SecretContent } from './secret-spec.ts';

/** In the form in which Secrets Manager takes it. */
export type Generated = { readonly SecretString: string } | { readonly SecretBinary: Uint8Array };

/** A new value. Of a JSON object, parts that others added stay. */
export async function generate(
  aws: Aws,
  content: SecretContent | undefined,
  existing: Fields = {},
): Promise<Generated> {
  switch (content?.kind) {
    case 'binary':
      return { SecretBinary: randomBytes(content.bytes) };
    case 'text':
      return { SecretString: await generateText(aws, content) };
    case 'json': {
      const generated = { [content.generatedKey]: await generateText(aws, content) };
      return { SecretString: JSON.stringify({ ...existing, ...content.fixed, ...generated }) };
    }
    case undefined:
      throw new Terminal('InvalidSpec', 'has no content to generate');
  }
}

async function generateText({ secrets }: Aws, { length, excludeCharacters }: GeneratedText): Promise<string> {
  const { RandomPassword } = await secrets.send(
    new GetRandomPasswordCommand({
      PasswordLength: length,
      ExcludeCharacters: excludeCharacters,
      RequireEachIncludedType: true,
    }),
  );
  if (RandomPassword === undefined) throw new Error('GetRandomPassword answered without a password');
  return RandomPassword;
}

import { randomBytes } from 'node:crypto';
import { GetRandomPasswordCommand } from '@aws-sdk/client-secrets-manager';
import { Terminal } from '../../../controller/engine/errors.ts';
import type { Fields } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { concealing } from '../concealed.ts';
import type { GeneratedText, SecretContent } from './secret-spec.ts';

/** In the form in which Secrets Manager takes it. */
type Generated = { readonly SecretString: string } | { readonly SecretBinary: Uint8Array };

/** Sends a new value, which an error of the call does not repeat. Of a JSON object, parts that others added stay. */
export async function sendGenerated<Answer>(
  aws: Aws,
  content: SecretContent | undefined,
  existing: Fields,
  send: (generated: Generated) => Promise<Answer>,
): Promise<Answer> {
  switch (content?.kind) {
    case 'binary': {
      const SecretBinary = randomBytes(content.bytes);
      return concealing(SecretBinary.toString('base64'), send({ SecretBinary }));
    }
    case 'text': {
      const SecretString = await generateText(aws, content);
      return concealing(SecretString, send({ SecretString }));
    }
    case 'json': {
      const text = await generateText(aws, content);
      const generated = { [content.generatedKey]: text };
      const SecretString = JSON.stringify({ ...existing, ...content.fixed, ...generated });
      return concealing(text, send({ SecretString }));
    }
    case 'external':
    case undefined:
      throw new Terminal('InvalidSpec', 'has no content to generate');
  }
}

async function generateText({ secrets }: Aws, content: GeneratedText): Promise<string> {
  const { RandomPassword } = await secrets.send(
    new GetRandomPasswordCommand({
      PasswordLength: content.length,
      ExcludeCharacters: content.excludeCharacters,
      ExcludePunctuation: content.excludePunctuation,
      RequireEachIncludedType: true,
    }),
  );
  if (RandomPassword === undefined) throw new Error('GetRandomPassword answered without a password');
  return RandomPassword;
}

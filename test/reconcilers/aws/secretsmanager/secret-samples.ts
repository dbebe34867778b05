import type { SecretSpec } from '../../../../reconcilers/aws/secretsmanager/secret-spec.ts';

export function sampleSecret(name: string): SecretSpec {
  return {
    name,
    description: 'A sample',
    kmsKeyArn: undefined,
    recoveryWindowDays: 30,
    rotateAfterDays: undefined,
    notOlderThan: undefined,
    content: {
      kind: 'json',
      fixed: { username: 'fintechadmin', engine: 'postgres', port: 5432 },
      generatedKey: 'password',
      length: 40,
      excludeCharacters: '/@" \'\\',
    },
    secretState: 'Active',
    age: 'current',
  };
}

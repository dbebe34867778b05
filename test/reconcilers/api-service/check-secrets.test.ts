import { describe, expect, test } from 'vitest';
import { edited, ledger, problemsAfter, type Edits } from './checked.ts';

const key = 'API_KEY: {secretName: fintech/api-keys}';
const own = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:';

/** Problems of a service whose API_KEY is read from there. */
function reading(
  reference: string,
  others: Readonly<Record<string, string>> = {},
  edits: Edits = {},
): readonly string[] {
  return problemsAfter({ ...edits, [key]: `API_KEY: {${reference}}` }, others);
}

const second = edited({
  'name: api,': 'name: second,',
  'repository: fintech/api': 'repository: second/api',
  'name: fintech/api-keys': 'name: second/api-keys',
  'secretName: fintech/api-keys': 'secretName: second/api-keys',
  'name: fintech/signing-key': 'name: second/signing-key',
  'secretName: fintech/signing-key': 'secretName: second/signing-key',
  '/ecs/api': '/ecs/second',
});

const secondLedger = ledger
  .replace('name: ledger', 'name: second')
  .replace('fintech/db', 'second/db')
  .replace('fintech/token', 'second/token');

function kmsKey(place: string): string {
  return `kmsKeyArn: "arn:aws:kms:${place}:key/1234abcd"`;
}

describe('By its name is read', () => {
  test.each([
    ['what the service owns', 'secretName: fintech/api-keys, key: stripe', {}],
    ['a value that was generated', 'secretName: fintech/signing-key', {}],
    ['the credentials of its database', 'secretName: fintech/db, key: password', {}],
    [
      'the token of its cache, also where the cache is not used otherwise',
      'secretName: fintech/token',
      { '{name: ledger}': '{name: ledger, cache: false}' },
    ],
  ])('%s', (_, reference, edits) => {
    expect(reading(reference, {}, edits)).toEqual([]);
  });

  test('nothing that neither the service nor its database has', () => {
    expect(reading('secretName: fintech/api-key')).toEqual([
      'container.secrets.API_KEY.secretName: neither this object nor its database has a secret fintech/api-key; there are fintech/db, fintech/token, fintech/api-keys, fintech/signing-key; of anybody else write the ARN',
    ]);
  });

  test('nothing of another service, because nobody could tell the key that it is encrypted with', () => {
    expect(reading('secretName: second/api-keys', { 'second.yaml': second })).toEqual([
      'container.secrets.API_KEY.secretName: second/api-keys belongs to ApiService/staging/second; write its ARN, which status.secrets of that object tells, and the key that it is encrypted with as kmsKeyArn',
    ]);
  });

  test.each([
    ['second/db', 'status.secretArn'],
    ['second/token', 'status.cache.authSecretArn'],
  ])('nothing of a database that the service does not refer to: %s', (name, field) => {
    expect(reading(`secretName: ${name}`, { 'second-ledger.yaml': secondLedger })).toEqual([
      `container.secrets.API_KEY.secretName: ${name} belongs to LedgerDatabase/staging/second; write its ARN, which ${field} of that object tells, and the key that it is encrypted with as kmsKeyArn`,
    ]);
  });

  test('nothing of a database of the namespace where databaseRef names none', () => {
    const edits = {
      '  databaseRef: {name: ledger}\n': '',
      '      DB_OWNER: {secretName: fintech/db, key: username}\n': '',
    };
    expect(reading('secretName: fintech/db', {}, edits)).toEqual([
      'container.secrets.API_KEY.secretName: fintech/db belongs to LedgerDatabase/staging/ledger; write its ARN, which status.secretArn of that object tells, and the key that it is encrypted with as kmsKeyArn',
    ]);
  });

  test('one of its keys only if it has that key', () => {
    expect(reading('secretName: fintech/db, key: user')).toEqual([
      'container.secrets.API_KEY.key: fintech/db has username, password, engine, host, port, dbname',
    ]);
    expect(reading('secretName: fintech/token, key: username')).toEqual([
      'container.secrets.API_KEY.key: fintech/token is no JSON, so it has no keys; remove key',
    ]);
  });

  test('nothing with a key of KMS beside it', () => {
    expect(reading(`secretName: fintech/api-keys, ${kmsKey('eu-central-1:123456789012')}`)).toEqual([
      'container.secrets.API_KEY.kmsKeyArn: only with an ARN: the key of fintech/api-keys is known, and tasks may use it already; remove kmsKeyArn',
    ]);
  });
});

describe('By its ARN is read', () => {
  const elsewhere = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:theirs-a1b2c3';
  const foreign = 'arn:aws:secretsmanager:eu-central-1:999999999999:secret:theirs-a1b2c3';

  test.each([
    ['a secret under the key of AWS', `secretName: "${own}theirs-a1b2c3"`],
    ['one of its keys, whatever it has', `secretName: "${own}theirs-a1b2c3", key: anything`],
    [
      'a secret under a key of somebody’s',
      `secretName: "${own}theirs-a1b2c3", ${kmsKey('eu-central-1:123456789012')}`,
    ],
    [
      'a secret under a key of another account',
      `secretName: "${own}theirs-a1b2c3", ${kmsKey('eu-central-1:999999999999')}`,
    ],
    [
      'a secret of another account with its key',
      `secretName: "${foreign}", ${kmsKey('eu-central-1:999999999999')}`,
    ],
    ['a secret of another region', `secretName: "${elsewhere}"`],
    [
      'a secret of another region with the name of one that it owns',
      'secretName: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:fintech/api-keys-a1b2c3"',
    ],
    [
      'a secret whose name only begins like one that it owns',
      `secretName: "${own}fintech/api-keys-old-a1b2c3"`,
    ],
  ])('%s', (_, reference) => {
    expect(reading(reference)).toEqual([]);
  });

  test.each([
    [
      'a secret of another account without its key',
      `secretName: "${foreign}"`,
      'kmsKeyArn: a secret of account 999999999999 is read only with the key that it is encrypted with, which cannot be aws/secretsmanager; give its ARN',
    ],
    [
      'a secret with a key of another region',
      `secretName: "${own}theirs-a1b2c3", ${kmsKey('eu-west-1:123456789012')}`,
      'kmsKeyArn: the key is in eu-west-1, but the secret in eu-central-1, and Secrets Manager encrypts with keys of its own region',
    ],
    [
      'a secret under a key where tasks may not decrypt',
      `secretName: "${elsewhere}", ${kmsKey('eu-west-1:123456789012')}`,
      'kmsKeyArn: the key is in eu-west-1, but tasks may decrypt in eu-central-1 only; replicate the secret to there and name the replica',
    ],
    [
      'what the service owns',
      `secretName: "${own}fintech/api-keys-a1b2c3"`,
      'secretName: fintech/api-keys is one of spec.secrets; write its name, so that tasks wait for it and may decrypt it',
    ],
    [
      'what the service owns, without the end of its ARN',
      `secretName: "${own}fintech/api-keys"`,
      'secretName: fintech/api-keys is one of spec.secrets; write its name, so that tasks wait for it and may decrypt it',
    ],
  ])('not %s', (_, reference, problem) => {
    expect(reading(reference)).toEqual([`container.secrets.API_KEY.${problem}`]);
  });
});

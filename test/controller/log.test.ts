import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, InvalidLogLevel, redactText, type Log } from '../../controller/log.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';

function capture(level = 'info'): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  return { lines, log: createLog({ level, base: { version: '1.2.3' }, destination }) };
}

function logged(write: (log: Log) => void): string {
  const { log, lines } = capture();
  write(log);
  return lines.join('');
}

describe('a line', () => {
  test('is one JSON object with time, level, base fields, fields and message', () => {
    const line = logged((log) =>
      log.child({ object: 'FintechNetwork/production/core' }).warn({ generation: 3 }, 'drift'),
    );
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      version: '1.2.3',
      object: 'FintechNetwork/production/core',
      generation: 3,
      msg: 'drift',
    });
  });

  test('below the level is not written', () => {
    const { log, lines } = capture('warn');
    log.info('nothing to see');
    expect(lines).toEqual([]);
  });

  test('needs a level that exists', () => {
    expect(() => createLog({ level: 'loud' })).toThrow(InvalidLogLevel);
  });
});

describe('fields that are named like secrets are not written', () => {
  test.each([
    'password',
    'masterUserPassword',
    'MASTER_PASSWORD',
    'secret',
    'clientSecret',
    'token',
    'session-token',
    'sessionToken',
    'authorization',
    'Authorization',
    'secretString',
    'SecretString',
    'secretAccessKey',
    'aws_secret_access_key',
    'privateKey',
    'apiKey',
    'credentials',
    'passwords',
  ])('%s', (name) => {
    const value = 'hunter2';
    const line = logged((log) => {
      log.info({ [name]: value }, 'top');
      log.info({ a: [{ b: { c: { d: { e: { [name]: value } } } } }] }, 'deep');
      log.info({ [name]: { nested: [value] } }, 'inside');
      log.info({ [name]: Buffer.from(value) }, 'bytes');
      log.child({ [name]: value }).info('bound');
      log.info({ changes: [{ field: name, from: value, to: value }] }, 'change');
      log.info({ tags: [{ Key: `database.${name}`, Value: value }] }, 'pair');
      log.info(Object.assign(new Error('failed'), { [name]: value }), 'error');
      log.info({ shown: { toJSON: () => ({ [name]: value }) } }, 'made while written');
    });
    expect(line).not.toContain(value);
    expect(line).not.toContain('104,117,110');
    expect(line.split('\n').filter((each) => each.includes('[redacted]')).length).toBe(9);
  });

  test.each(['secretArn', 'secretName', 'tokenType', 'passwordLength', 'keyId'])(
    'but %s is, because it holds none',
    (name) => {
      expect(logged((log) => log.info({ [name]: 'seen' }))).toContain(`"${name}":"seen"`);
    },
  );

  test('but whether there is one can be told', () => {
    expect(logged((log) => log.info({ password: true, token: null }))).toContain(
      '"password":true,"token":null',
    );
  });
});

describe('texts that look like secrets are not written', () => {
  test.each([
    ['an access key id', `the key ${accessKeyId} is not valid`, accessKeyId],
    ['a temporary access key id', 'ASIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
    ['a bare secret access key', `key ${secretAccessKey}, again`, secretAccessKey],
    ['a line of a credentials file', `aws_secret_access_key=${secretAccessKey}`, secretAccessKey],
    ['the same with spaces', 'aws_secret_access_key = short', 'short'],
    ['an environment variable', 'AWS_SESSION_TOKEN=abc123', 'abc123'],
    [
      'a signature',
      'Authorization: AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=fe5f80',
      'fe5f80',
    ],
    ['a bearer token', 'got "authorization": "Bearer abc.def.ghi" from the client', 'abc.def.ghi'],
    ['a bearer token by itself', 'Bearer eyJhbGciOi.eyJzdWIiOiIx.c2ln', 'c2ln'],
    ['basic authentication', 'Basic dXNlcjpwYXNzd29yZA==', 'dXNlcjpw'],
    ['a header', 'X-Amz-Security-Token: FwoGZXIvYXdzEJr', 'FwoGZXIvYXdzEJr'],
    [
      'a presigned URL',
      'https://b.s3.amazonaws.com/k?X-Amz-Security-Token=IQoJb3&X-Amz-Signature=0a1b',
      '0a1b',
    ],
    ['a password in a URL', 'postgres://admin:hunter2@db.internal:5432/ledger', 'hunter2'],
    ['a token in a URL', 'https://ghp_16C7e42F292c6912E7710c838347Ae178B4a@github.com/a/b', 'ghp_16C7'],
    ['JSON in a text', 'request {"MasterUserPassword":"hun\\"ter2","x":1}', 'ter2'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
  ])('%s', (_, text, secret) => {
    const line = logged((log) => {
      log.info(text);
      log.info({ list: [{ text }] });
      log.error(new Error(text, { cause: new Error(text) }));
      log.info('%s and %j', text, { text });
    });
    expect(line).not.toContain(secret);
    expect(line.split('\n').every((each) => each === '' || each.includes('[redacted]'))).toBe(true);
  });

  test.each([
    'FintechNetwork/production/core at commit b6d81b360a5672d80c27430f39153e2c4f1e6a01',
    'arn:aws:iam::123456789012:role/production-ledger-task',
    'rds/cluster ledger: masterUserSecretArn is absent, should be there (security)',
    'manifests/ProductionEnvironments/Network10/core.yaml:12 Basic authentication is required',
    'the security token included in the request is invalid: wait for secret db: creating',
    'https://git.example.com/team/manifests.git',
  ])('but this is: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test('whatever the random secret access key is', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    let state = 42;
    for (let round = 0; round < 2_000; round += 1) {
      const key = Array.from({ length: 40 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return alphabet[(state >>> 16) % 64];
      }).join('');
      expect(redactText(`signed with '${key}'.`)).toBe("signed with '[redacted]'.");
    }
  });

  test('and no text, however odd, makes a line unreadable or a log call fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        const line = logged((log) => log.info({ value, text }, text));
        expect(JSON.parse(line)).toHaveProperty('level', 'info');
      }),
    );
  });
});

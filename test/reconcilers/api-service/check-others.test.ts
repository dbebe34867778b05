import { describe, expect, test } from 'vitest';
import { edited, environment, ledger, network, problemsAfter, problemsOf, type Edits } from './checked.ts';

/** Another ApiService of the namespace, whose names are its own. */
function second(edits: Edits = {}): string {
  return edited({
    'name: api,': 'name: second,',
    'repository: fintech/api': 'repository: second/api',
    'name: fintech/api-keys': 'name: second/api-keys',
    'name: fintech/signing-key': 'name: second/signing-key',
    'secretName: fintech/signing-key': 'secretName: second/signing-key',
    '/ecs/api': '/ecs/second',
    ...edits,
  });
}

function moved(text: string): string {
  return text.replaceAll('staging', 'other');
}

function letsIn(ports: string) {
  return { 'network.yaml': `${network}  ports: ${ports}\n` };
}

describe('The network', () => {
  test('has to be there', () => {
    expect(problemsAfter({ '{name: core}': '{name: cores}' })).toEqual([
      'networkRef.name: there is no FintechNetwork cores in this namespace',
    ]);
  });

  test('lets in the port that it says', () => {
    expect(problemsAfter({}, letsIn('{app: 8000}'))).toEqual([
      'container.port: must be 8000, which is ports.app of FintechNetwork core: its security groups let nothing else through; to move to 8080 set ports.appNext to it first',
    ]);
  });

  test('lets in a second one, so that the service can move to it', () => {
    expect(problemsAfter({}, letsIn('{app: 8000, appNext: 8080}'))).toEqual([]);
    expect(problemsAfter({}, letsIn('{app: 8080, appNext: 8000}'))).toEqual([]);
    expect(problemsAfter({}, letsIn('{app: 8000, appNext: 9000}'))).toEqual([
      'container.port: must be 8000 or 9000, which are ports.app and ports.appNext of FintechNetwork core: its security groups let nothing else through',
    ]);
  });
});

describe('The database', () => {
  test('has to be there', () => {
    expect(problemsAfter({ 'databaseRef: {name: ledger}': 'databaseRef: {name: ledgers}' })).toEqual([
      'databaseRef.name: there is no LedgerDatabase ledgers in this namespace',
    ]);
  });

  const uncached = { 'ledger.yaml': ledger.replace(/ {2}cache: .*\n/, '') };

  test('has a cache, unless the service says that it uses none', () => {
    expect(problemsAfter({}, uncached)).toEqual([
      'databaseRef: LedgerDatabase ledger has no cache; write {name: ledger, cache: false}',
    ]);
    expect(problemsAfter({ '{name: ledger}': '{name: ledger, cache: false}' }, uncached)).toEqual([]);
  });

  test('that is faulty itself is reported once, and not as secrets that nobody has', () => {
    const problems = problemsOf({
      'api.yaml': edited({}),
      'ledger.yaml': ledger.replace('engine: aurora-postgresql', 'engine: oracle'),
    });
    expect(problems).toEqual([expect.stringContaining('LedgerDatabase/staging/ledger: spec.engine: ')]);
  });
});

describe('A secret of its own', () => {
  test.each([
    ['Externals', 'expected External or a mapping like {generateBytes: 32}, found the text "Externals"'],
    ['5', 'expected External or a mapping like {generateBytes: 32}'],
    ['[External]', 'expected External or a mapping like {generateBytes: 32}'],
    ['{generateByte: 32}', 'unknown field generateByte; expected {generateBytes: 32}'],
    ['{}', 'generateBytes must be a whole number from 16 to 1024'],
    ['{generateBytes: 8}', 'generateBytes must be a whole number from 16 to 1024'],
    ['{generateBytes: "32"}', 'generateBytes must be a whole number from 16 to 1024'],
  ])('whose value is %s is refused', (value, message) => {
    expect(problemsAfter({ '{generateBytes: 32}': value })).toEqual([`secrets[1].value: ${message}`]);
  });

  test.each([
    ['second/db', 'fintech/api-keys', 'LedgerDatabase/staging/second'],
    ['fintech/token', 'fintech/signing-key', 'LedgerDatabase/staging/second'],
  ])('belongs to one object, and not to a database too: %s', (from, name, owner) => {
    const database = ledger
      .replace('name: ledger', 'name: second')
      .replace('fintech/db', 'second/db')
      .replace(from, name);
    const problems = problemsAfter({}, { 'second-database.yaml': database });
    expect(problems.filter((problem) => problem.startsWith('secrets['))).toEqual([
      `secrets[${name.endsWith('keys') ? 0 : 1}].name: ${name} belongs to ${owner} already`,
    ]);
  });
});

function problemsOfNames(owner: string): readonly string[] {
  return [
    `image.repository: fintech/api belongs to ${owner} already; its images can be used with uri`,
    `logs.groupName: /ecs/api belongs to ${owner} already`,
    `secrets[0].name: fintech/api-keys belongs to ${owner} already`,
  ];
}

describe('Names that are unique in an account and region', () => {
  const taken: Edits = {
    'second/api,': 'fintech/api,',
    'name: second/api-keys': 'name: fintech/api-keys',
    '/ecs/second': '/ecs/api',
  };

  test('belong to one service of the namespace', () => {
    expect(problemsAfter({}, { 'second.yaml': second(taken) })).toEqual(
      problemsOfNames('ApiService/staging/second'),
    );
  });

  test.each([
    [
      'belong to one service of all namespaces there',
      'eu-central-1',
      problemsOfNames('ApiService/other/second'),
    ],
    ['can be used again in another region', 'eu-west-1', []],
  ])('%s', (_, region, expected) => {
    const others = {
      'other-environment.yaml': moved(environment).replace('eu-central-1', region),
      'other-network.yaml': moved(network).replaceAll('eu-central-1', region),
      'other-ledger.yaml': moved(ledger),
      'second.yaml': moved(second(taken)).replaceAll('eu-central-1', region),
    };
    expect(problemsAfter({}, others)).toEqual(expected);
  });
});

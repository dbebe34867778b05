import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../controller/manifests/json.ts';
import { loadSchemas, propertiesOf } from '../controller/manifests/schema.ts';
import { kinds } from '../reconcilers/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (directory: string, ending: string): readonly string[] =>
  readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(directory, name))
    .sort();

const pages = ['README.md', 'CHANGELOG.md', ...filesIn('docs', '.md')];
const sources = [...filesIn('controller', '.ts'), ...filesIn('reconcilers', '.ts')].map(read);
const schemas = await loadSchemas(join(root, 'crds'));

describe('Pages that list things agree with the code', () => {
  it('explains every reason of a condition, and no other', () => {
    const declared = /export type Reason =([^;]+);/.exec(read('controller/conditions.ts'))?.[1] ?? '';
    const reasons = [...declared.matchAll(/'(\w+)'/g)].map(([, reason]) => reason);
    expect(reasons).not.toEqual([]);
    expect(sorted(namesIn(rowsBelow('docs/conditions.md', 'Reasons')))).toEqual(sorted(reasons));
  });

  it('explains the conditions of the parts of every kind', () => {
    const rows = rowsBelow('docs/conditions.md', 'Types').filter(([kind]) => schemas.has(kind ?? ''));
    const parts = kinds.flatMap(({ kind, parts: ofKind = {} }) =>
      Object.entries(ofKind).map(([type, nodes]) => [kind, type, ...nodes].join(' ')),
    );
    expect(sorted(rows.map((row) => [row[0], ...codeIn(row.slice(1).join(' '))].join(' ')))).toEqual(
      sorted(parts),
    );
  });

  it('explains every annotation and tag of the controller, and no other', () => {
    const inCode = sources.flatMap(ownNames);
    const inManifests = [...read('controller/manifests/annotations.ts').matchAll(/apiGroup\}\/([a-z-]+)/g)];
    const all = [...inCode, ...inManifests.map(([, name]) => `fintech.global/${name}`)];
    expect(sorted(distinct(ownNames(read('docs/annotations.md'))))).toEqual(sorted(distinct(all)));
  });

  it('names the same annotations in the README as on their page', () => {
    const onPage = namesIn(rowsBelow('docs/annotations.md', 'Annotations'));
    expect(namesIn(rowsBelow('README.md', 'What next'))).toEqual(onPage);
  });

  it.each([...schemas.values()])('lists every field of $kind with its default', (schema) => {
    const rows = ['Fields', 'Status'].flatMap((heading) => rowsBelow(pageOf(schema.kind), heading));
    const listed = rows.map(([path, , fallback]) => `${path} ${fallback}`);
    const { spec, status } = propertiesOf(schema.openAPIV3Schema);
    expect(listed).toEqual([...fieldsOf(spec, 'spec'), ...fieldsOf(status, 'status')]);
  });

  it.each(kinds)('lists the severity of every field of every resource type of $kind', ({ kind, types }) => {
    const rows = rowsBelow(pageOf(kind), 'What drift is corrected');
    const rules = types.flatMap(({ name, fields }) =>
      Object.entries(fields).map(([field, rule]) => {
        const back = rule.changesInPlace === undefined ? '' : ' back';
        const fixed = rule.immutable === true ? `, cannot be changed${back}` : '';
        return `\`${name}\` \`${field}\` ${rule.severity}${fixed}`;
      }),
    );
    expect(sorted(rows.map((row) => row.join(' ')))).toEqual(sorted(rules));
  });

  it('lists every call to AWS that resource types make, and no other', () => {
    const calls = filesIn('reconcilers/aws', '.ts')
      .filter((file) => !file.endsWith('state-blobs.ts'))
      .flatMap((file) => callsIn(read(file)));
    expect(sorted(namesIn(rowsBelow('docs/permissions.md', 'Calls')))).toEqual(sorted(distinct(calls)));
  });

  it('has a policy that allows exactly the actions of these calls', () => {
    const needed = rowsBelow('docs/permissions.md', 'Calls').flatMap(([, actions]) => codeIn(actions));
    const json = /```json\n([\s\S]*?)```/.exec(section('docs/permissions.md', 'Policy'))?.[1] ?? '';
    expect(sorted(distinct(actionsOf(JSON.parse(json))))).toEqual(sorted(distinct(needed)));
  });
});

describe('The page of commands', () => {
  const commands = [...help().matchAll(/^ {2}(\w+) .*?(?:\[|<)/gm)].map(([, name = '']) => name);
  const names = commands.filter((name) => name !== 'help');

  it('has a heading for every command, and no other', () => {
    const headings = [...read('docs/commands.md').matchAll(/^## \S+ (\w+)$/gm)].map(([, name]) => name);
    expect(sorted(headings)).toEqual(sorted(names));
  });

  it('lists every environment variable of the program, and no other', () => {
    const used = sources.flatMap((source) => [...source.matchAll(/process\.env\['(\w+)'\]/g)]);
    const listed = codeIn(read('docs/commands.md')).filter((code) => /^(?!AWS_)[A-Z]+_[A-Z_]+$/.test(code));
    expect(sorted(distinct(listed))).toEqual(sorted(distinct(used.map(([, name = '']) => name))));
  });

  it.each(names)('lists every option of %s, and no other', (name) => {
    const options = [...help(name).matchAll(/^ {2}(-.+?)(?: {2,}|$)/gm)].map(([, option = '']) => option);
    const listed = namesIn(rowsBelow('docs/commands.md', `\\S+ ${name}`));
    expect(sorted(listed.filter((code) => /^--?\w/.test(code)))).toEqual(
      sorted(options.filter((option) => !option.endsWith('--help'))),
    );
  });
});

describe('Links', () => {
  it.each(pages)('lead from %s to files and headings that exist', (page) => {
    expect(linksIn(page).filter(({ file, anchor }) => !exists(file, anchor))).toEqual([]);
  });

  it('lead from the README to every page', () => {
    const reached = new Set(['README.md', 'CHANGELOG.md']);
    for (const page of reached) {
      const links = page.endsWith('.md') && exists(page, '') ? linksIn(page) : [];
      for (const { file } of links) reached.add(file);
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

type Row = readonly string[];

/** What the program says about itself, in lines long enough to hold every option. */
function help(...command: readonly string[]): string {
  const program = join(root, 'controller', 'main.ts');
  return execFileSync(process.execPath, [program, ...command, '--help'], { encoding: 'utf8' });
}

/** What stands below a heading, down to the next one of the same or a higher level. */
function section(page: string, heading: string): string {
  const text = read(page);
  const found = new RegExp(`^(#+) ${heading}$`, 'm').exec(text);
  if (found === null) throw new Error(`${page} has no heading "${heading}"`);
  const [line, level = ''] = found;
  const rest = text.slice(found.index + line.length);
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'));
  return end === -1 ? rest : rest.slice(0, end);
}

/** The rows of all tables below a heading, without their heads. */
function rowsBelow(page: string, heading: string): readonly Row[] {
  const lines = section(page, heading).split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The line between the head of a table and its rows. */
function isRule(line: string | undefined): boolean {
  return /^\|[ |-]+\|$/.test(line ?? '');
}

/** The code in the first cells. */
function namesIn(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(([first]) => codeIn(first));
}

function codeIn(text = ''): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Names of annotations and tags; neither the version of the API nor the path of roles is one. */
function ownNames(text: string): readonly string[] {
  const found = [...text.matchAll(/(?<![/\w])fintech\.global\/([a-z][a-z-]*[a-z])(?![\w/])/g)];
  return found.map(([name]) => name);
}

function pageOf(kind: string): string {
  return `docs/kinds/${kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
}

/** The first and third cell of a row for each field below this one. */
function fieldsOf(schema: unknown, path: string): readonly string[] {
  if (!isJsonObject(schema)) return [];
  const isList = schema['type'] === 'array';
  const inner = isList ? schema['items'] : schema;
  const required = isJsonObject(inner) && Array.isArray(inner['required']) ? inner['required'] : [];
  return Object.entries(propertiesOf(inner)).flatMap(([name, field]) => {
    const below = `${path}${isList ? '[]' : ''}.${name}`;
    const fallback = required.includes(name) ? '**required**' : fallbackOf(field);
    return [`\`${below}\` ${fallback}`, ...fieldsOf(field, below)];
  });
}

function fallbackOf(schema: unknown): string {
  if (!isJsonObject(schema) || schema['default'] === undefined) return '';
  return `\`${JSON.stringify(schema['default']).replaceAll('"', '')}\``;
}

/** What services are called in metrics and logs, where their client is called otherwise. */
const shortNames: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  'elastic-load-balancing-v2': 'elb',
  'resource-groups-tagging-api': 'tagging',
  'secrets-manager': 'secrets',
  wafv2: 'waf',
};

/** Calls as `service:Operation`, by the client that a file imports its commands from. */
function callsIn(source: string): readonly string[] {
  const imports = [...source.matchAll(/import (?:type )?\{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g)];
  return imports.flatMap(([, names = '', client = '']) => {
    const calls = [...names.matchAll(/\b(?:(\w+)Command|paginate(\w+))\b/g)];
    return calls.map(([, operation, paged]) => `${shortNames[client] ?? client}:${operation ?? paged}`);
  });
}

function actionsOf(policy: unknown): readonly string[] {
  const statements: unknown = isJsonObject(policy) ? policy['Statement'] : undefined;
  if (!Array.isArray(statements)) return [];
  return statements
    .filter((statement: unknown): statement is JsonObject => isJsonObject(statement))
    .flatMap(({ Action }) => Action)
    .map(String);
}

type Link = { readonly text: string; readonly file: string; readonly anchor: string };

/** Links to files of the repository. */
function linksIn(page: string): readonly Link[] {
  const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)];
  return links
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      return { text: target, file, anchor };
    });
}

function exists(file: string, anchor: string): boolean {
  try {
    return anchor === '' ? read(file) !== '' : anchorsOf(file).includes(anchor);
  } catch {
    return false;
  }
}

/** As GitHub makes them from headings. */
function anchorsOf(page: string): readonly string[] {
  const headings = [...withoutCode(read(page)).matchAll(/^#+ (.+)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '');
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** Two lists of the same values, in whatever order, are equal when sorted. */
function sorted(values: readonly unknown[]): readonly string[] {
  return values.map(String).toSorted();
}

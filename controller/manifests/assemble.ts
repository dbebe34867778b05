import { environmentRules } from './environment.ts';
import type { Explanation } from './explain.ts';
import { environmentKey, keyOf, objectKey } from '../object.ts';
import type { ManifestObject, ManifestReading, Problem } from './manifest.ts';
import { parseFile } from './parse.ts';
import { compareProblems } from './problem.ts';
import type { Schemas } from './schema.ts';
import type { KindRules, OtherObjects } from './semantics.ts';
import { toProblems, validateDocument, type Validated } from './validate.ts';

export type ManifestFile = { readonly file: string; readonly bytes: Uint8Array };

export type Rules = {
  readonly schemas: Schemas;
  /** Those of Environment are always checked and need not be given. */
  readonly kinds: readonly KindRules[];
};

/**
 * Makes one set of the contents of all files, and of the problems of files that were not read. Pure: the same files
 * give the same set.
 */
export function assemble(
  files: readonly ManifestFile[],
  rules: Rules,
  refused: readonly Problem[] = [],
): ManifestReading {
  const parsed = files.map(({ file, bytes }) => ({ file, ...parseFile(file, bytes) }));
  const validated = parsed.flatMap(({ documents }) =>
    documents.map((one) => validateDocument(one, rules.schemas)),
  );
  const broken = new Set([
    ...refused.map(({ file }) => file),
    ...parsed.filter(({ problems }) => problems.length > 0).map(({ file }) => file),
    ...validated.filter(({ key }) => key === undefined).map(({ document }) => document.file),
  ]);
  const known: Known = { byKey: groupByKey(validated), broken };
  const problems: Problem[] = [...refused, ...parsed.flatMap((file) => file.problems)];
  const objects = new Map<string, ManifestObject>();
  for (const one of validated) {
    const own = [...one.problems, ...toProblems(one.document, checkAmongOthers(one, known, rules.kinds))];
    problems.push(...own);
    const alone = one.key !== undefined && known.byKey.get(one.key)?.length === 1;
    if (one.object !== undefined && alone && own.length === 0) objects.set(keyOf(one.object), one.object);
  }
  return {
    readable: true,
    objects,
    problems: problems.sort(compareProblems),
    invalid: new Set([...known.byKey.keys()].filter((key) => !objects.has(key))),
    broken,
  };
}

type Known = {
  readonly byKey: ReadonlyMap<string, readonly Validated[]>;
  readonly broken: ReadonlySet<string>;
};

function groupByKey(validated: readonly Validated[]): ReadonlyMap<string, readonly Validated[]> {
  const byKey = new Map<string, Validated[]>();
  for (const one of validated) {
    if (one.key === undefined) continue;
    const same = byKey.get(one.key);
    if (same === undefined) byKey.set(one.key, [one]);
    else same.push(one);
  }
  return byKey;
}

function checkAmongOthers(one: Validated, known: Known, kinds: readonly KindRules[]): readonly Explanation[] {
  const duplicate = checkDuplicate(one, known);
  if (one.object === undefined) return duplicate;
  return [
    ...duplicate,
    ...checkName(one.object),
    ...checkNamespace(one.object, known),
    ...checkRules(one.object, known, kinds),
  ];
}

/** Which of two definitions is meant cannot be known, so neither is used and the later ones are reported. */
function checkDuplicate(one: Validated, { byKey }: Known): readonly Explanation[] {
  const first = one.key === undefined ? undefined : byKey.get(one.key)?.[0];
  if (first === undefined || first === one) return [];
  const { line } = first.document.locate([]).value;
  return [{ path: [], at: 'value', message: `already defined in ${first.document.file}:${line}` }];
}

/**
 * Resources are called `<namespace>-<name>-<node>`. The shortest limit that AWS has for names that nobody chooses
 * is that of roles, 64: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const longestName = 40;

function checkName({ metadata: { name, namespace } }: ManifestObject): readonly Explanation[] {
  if (namespace === undefined || name.length + namespace.length <= longestName) return [];
  const message = `must be at most ${longestName - namespace.length} characters long: AWS resources are called ${namespace}-${name}-...`;
  return [{ path: ['metadata', 'name'], at: 'value', message }];
}

function checkNamespace({ metadata }: ManifestObject, known: Known): readonly Explanation[] {
  const { namespace } = metadata;
  if (namespace === undefined || isDefined(environmentKey(namespace), known)) return [];
  const message = `there is no Environment/${namespace}; a namespace needs an Environment of its name`;
  return [{ path: ['metadata', 'namespace'], at: 'value', message }];
}

function checkRules(
  object: ManifestObject,
  known: Known,
  kinds: readonly KindRules[],
): readonly Explanation[] {
  const others = othersOf(object, known);
  return [environmentRules, ...kinds]
    .filter((rules) => rules.kind === object.kind)
    .flatMap((rules) => rules.check(object.spec, others))
    .map(({ path, message, at }): Explanation => ({ path: ['spec', ...path], at: at ?? 'value', message }));
}

function othersOf(object: ManifestObject, known: Known): OtherObjects {
  const { namespace } = object.metadata;
  const own = keyOf(object);
  const find = (key: string): ManifestObject | undefined => known.byKey.get(key)?.[0]?.object;
  return {
    self: object,
    environment: namespace === undefined ? undefined : find(environmentKey(namespace)),
    find: (kind, name) => find(objectKey(kind, namespace, name)),
    isDefined: (kind, name) => isDefined(objectKey(kind, namespace, name), known),
    allOf: (kind) =>
      [...known.byKey.entries()].flatMap(([key, [first]]) => {
        const other = first?.object;
        return key !== own && other?.kind === kind ? [other] : [];
      }),
  };
}

/** A file that cannot be understood may define anything. */
function isDefined(key: string, { byKey, broken }: Known): boolean {
  return byKey.has(key) || broken.size > 0;
}

import type { Explanation } from './explain.ts';
import { apiGroup } from './manifest.ts';
import { didYouMean, suggestOrComplete } from './suggest.ts';
import { found } from './words.ts';

type Annotation = {
  readonly expected: string;
  readonly isValid: (value: string) => boolean;
  readonly values?: readonly string[];
};

const prefix = `${apiGroup}/`;
const modes = ['Enforce', 'Observe', 'Paused'];
const truths = ['true', 'false'];

const annotations: ReadonlyMap<string, Annotation> = new Map<string, Annotation>([
  [
    `${apiGroup}/mode`,
    { expected: `one of ${modes.join(', ')}`, isValid: (value) => modes.includes(value), values: modes },
  ],
  [
    `${apiGroup}/paused-until`,
    { expected: 'a point in time (RFC 3339) like 2030-01-31T18:00:00Z', isValid: isRfc3339 },
  ],
  [
    `${apiGroup}/ignore`,
    { expected: 'fields as <node>.<field>, separated by commas', isValid: isListOfNodeFields },
  ],
  [
    `${apiGroup}/approve`,
    { expected: 'the hash of a plan', isValid: (value) => /^[\w:.+/=-]+$/.test(value) },
  ],
  [
    `${apiGroup}/apply-immediately`,
    { expected: `one of ${truths.join(', ')}`, isValid: (value) => truths.includes(value), values: truths },
  ],
]);

/** The annotations that the controller knows, in full. */
export const annotationNames: readonly string[] = [...annotations.keys()];

/** Checks the annotations that belong to the controller; the others are nobody's business here. */
export function checkAnnotations(given: Readonly<Record<string, string>>): readonly Explanation[] {
  return Object.entries(given).flatMap(([key, value]): readonly Explanation[] => {
    if (!key.startsWith(prefix)) return [];
    const path = ['metadata', 'annotations', key];
    const annotation = annotations.get(key);
    if (annotation === undefined) return [{ path, at: 'key', message: unknown(key.slice(prefix.length)) }];
    if (annotation.isValid(value)) return [];
    const nearest = didYouMean(suggestOrComplete(value, annotation.values ?? []));
    const message = `expected ${annotation.expected}, found ${found(value)}${nearest}`;
    return [{ path, at: 'value', message }];
  });
}

function unknown(name: string): string {
  const suggestion = suggestOrComplete(
    name,
    annotationNames.map((known) => known.slice(prefix.length)),
  );
  const help =
    suggestion === undefined ? `; known: ${annotationNames.join(', ')}` : didYouMean(prefix + suggestion);
  return `unknown annotation${help}`;
}

function isRfc3339(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(value);
  if (match === null || Number.isNaN(Date.parse(value))) return false;
  // Date takes 30 February for 2 March.
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day.getUTCDate() === Number(match[3]);
}

function isListOfNodeFields(value: string): boolean {
  return value.split(',').every((part) => /^[^\s.]+\.\S+$/.test(part.trim()));
}

import type { Explanation } from './explain.ts';
import { apiGroup } from './manifest.ts';
import { didYouMean, suggest } from './suggest.ts';
import { found } from './words.ts';

type Annotation = { readonly expected: string; readonly isValid: (value: string) => boolean };

/** The values of `fintech.global/mode` and of an Environment's `spec.reconcile.mode`. */
export const modes = ['Enforce', 'Observe', 'Paused'] as const;

const annotations: ReadonlyMap<string, Annotation> = new Map([
  [
    `${apiGroup}/mode`,
    {
      expected: `one of ${modes.join(', ')}`,
      isValid: (value: string) => modes.some((mode) => mode === value),
    },
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
    { expected: 'the hash of a plan', isValid: (value: string) => /^[\w:.+/=-]+$/.test(value) },
  ],
]);

/** Checks the annotations that belong to the controller; the others are nobody's business here. */
export function checkAnnotations(given: Readonly<Record<string, string>>): readonly Explanation[] {
  return Object.entries(given).flatMap(([name, value]): readonly Explanation[] => {
    if (!name.startsWith(`${apiGroup}/`)) return [];
    const path = ['metadata', 'annotations', name];
    const annotation = annotations.get(name);
    if (annotation === undefined) {
      const known = [...annotations.keys()];
      const suggestion = suggest(
        name.slice(apiGroup.length),
        known.map((key) => key.slice(apiGroup.length)),
      );
      const help =
        suggestion === undefined ? `; known: ${known.join(', ')}` : didYouMean(`${apiGroup}${suggestion}`);
      return [{ path, at: 'key', message: `unknown annotation${help}` }];
    }
    if (annotation.isValid(value)) return [];
    const nearest = name === `${apiGroup}/mode` ? didYouMean(suggest(value, modes)) : '';
    return [
      { path, at: 'value', message: `expected ${annotation.expected}, found ${found(value)}${nearest}` },
    ];
  });
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

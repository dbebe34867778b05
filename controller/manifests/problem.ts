import type { Problem } from './manifest.ts';

export type Path = readonly (string | number)[];

/** `file:line:column: Kind/namespace/name: spec.field: what is wrong`, with the file below the given directory. */
export function formatProblem(problem: Problem, directory = ''): string {
  const file = below(directory.replace(/\/+$/, ''), problem.file);
  const parts = [`${file}:${problem.line}:${problem.column}`, problem.object, problem.field, problem.message];
  return parts.filter((part) => part !== undefined && part !== '').join(': ');
}

function below(directory: string, file: string): string {
  if (directory === '') return file;
  return file === '.' ? directory : `${directory}/${file}`;
}

/** `spec.lifecycle[0].prefix`; a key that is not a plain word is put in brackets. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** Orders problems as a person reads the files. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message)
  );
}

/** By code unit, so that the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

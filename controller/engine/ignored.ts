import { isPlainObject } from './compare.ts';
import type { Step } from './plan.ts';
import type { Fields } from './resource-type.ts';

/** The wanted settings, in which what is left to somebody else is as it is: a call may write it together with others. */
export function withIgnored<Cloud>({ spec, current, changes }: Step<Cloud>): Fields {
  const ignored = new Set(changes.filter((change) => change.ignored === true).map(({ path }) => path));
  return ignored.size === 0 || current === undefined ? spec : keeping(ignored, '', spec, current.spec);
}

function keeping(ignored: ReadonlySet<string>, prefix: string, wanted: Fields, actual: Fields): Fields {
  const kept: Fields = {};
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(actual)])) {
    const path = `${prefix}${key}`;
    const [to, from] = [wanted[key], actual[key]];
    if (ignored.has(path)) kept[key] = from;
    else if (isPlainObject(to) && isPlainObject(from)) kept[key] = keeping(ignored, `${path}.`, to, from);
    else if (to !== undefined) kept[key] = to;
  }
  return kept;
}

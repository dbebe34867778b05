import { isFields } from '../../controller/engine/resource-type.ts';
import { canonical } from '../../reconcilers/aws/same.ts';
import { untimed, type DataState } from './resources.ts';

export type Comparison = {
  /** What stands in the place of ids. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether what has this key differs each time and says nothing. */
  readonly isVolatile?: (key: string) => boolean;
  /** Keys of what has an order, down to its leaves: other lists of AWS have none. */
  readonly withOrder?: ReadonlySet<string>;
};

/** The same for accounts in which the same has been made, whenever. */
export function comparable(
  state: DataState,
  { names, isVolatile = () => false, withOrder = new Set() }: Comparison,
): DataState {
  const lasting = JSON.stringify(state, (key, value: unknown) => (isVolatile(key) ? undefined : value));
  const named = [...names].reduce((known, [id, name]) => known.replaceAll(id, name), lasting);
  const read: DataState = JSON.parse(
    untimed(named)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replaceAll(/(\.cluster-(?:ro-)?)[a-z0-9]{12}(?=\.)/g, '$1<random>'),
  );
  return Object.fromEntries(
    Object.entries(read)
      .filter(([, resources]) => Object.keys(resources).length > 0)
      .map(([type, resources]) => [type, fieldsIn(sorted(resources, withOrder))]),
  );
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> {
  return isFields(value) ? value : {};
}

function sorted(value: unknown, withOrder: ReadonlySet<string>): unknown {
  if (Array.isArray(value))
    return value
      .map((item) => sorted(item, withOrder))
      .toSorted((one, other) => (canonical(one) < canonical(other) ? -1 : 1));
  if (!isFields(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(
    keys.map((key) => [key, withOrder.has(key) ? value[key] : sorted(value[key], withOrder)]),
  );
}

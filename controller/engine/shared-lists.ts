import DataLoader from 'dataloader';
import { callContext } from './call-context.ts';
import { Throttled } from './errors.ts';
import type { AnyResourceType, Observed, OwnerQuery } from './resource-type.ts';

/**
 * Reads shared between objects: lists of one type in one account and region that are asked for within
 * a moment become one call. Nothing is kept, so a list is never older than the pass that asked for it.
 */
export class SharedLists<Cloud extends object> {
  private readonly loaders = new WeakMap<Cloud, Map<string, DataLoader<OwnerQuery, readonly Observed[]>>>();
  private readonly window: number;

  /** @param window how long, in milliseconds, a list waits for others to join it */
  constructor(window = 5) {
    this.window = window;
  }

  list(cloud: Cloud, type: AnyResourceType<Cloud>, query: OwnerQuery): Promise<readonly Observed[]> {
    let ofCloud = this.loaders.get(cloud);
    if (ofCloud === undefined) this.loaders.set(cloud, (ofCloud = new Map()));
    let loader = ofCloud.get(type.name);
    if (loader === undefined) ofCloud.set(type.name, (loader = this.loaderFor(cloud, type)));
    return loader.load(query);
  }

  private loaderFor(cloud: Cloud, type: AnyResourceType<Cloud>): DataLoader<OwnerQuery, readonly Observed[]> {
    return new DataLoader(
      (queries) => callContext.run({ purpose: 'observe' }, () => listByOwner(cloud, type, queries)),
      {
        cache: false,
        maxBatchSize: type.ownersPerList,
        batchScheduleFn: (dispatch) => void setTimeout(dispatch, this.window),
      },
    );
  }
}

/** One owner's trouble, such as a bucket whose policy shuts us out, must not keep the others from being looked at. */
async function listByOwner<Cloud>(
  cloud: Cloud,
  type: AnyResourceType<Cloud>,
  queries: readonly OwnerQuery[],
): Promise<readonly (readonly Observed[] | Error)[]> {
  try {
    return byOwner(queries, await type.list(cloud, queries));
  } catch (error) {
    // To a service that is asked too much already, many calls in the place of one are no answer.
    if (queries.length === 1 || error instanceof Throttled) throw error;
    const alone = await Promise.all(queries.map((query) => listByOwner(cloud, type, [query]).catch(asError)));
    return alone.map((found) => (found instanceof Error ? found : (found[0] ?? [])));
  }
}

function byOwner(
  queries: readonly OwnerQuery[],
  found: readonly Observed[],
): readonly (readonly Observed[])[] {
  const groups = Map.groupBy(found, (resource) => resource.owner);
  return queries.map((query) => groups.get(query.owner) ?? []);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

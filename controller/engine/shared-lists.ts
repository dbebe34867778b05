import DataLoader from 'dataloader';
import { callContext } from './call-context.ts';
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

async function listByOwner<Cloud>(
  cloud: Cloud,
  type: AnyResourceType<Cloud>,
  queries: readonly OwnerQuery[],
): Promise<readonly Observed[][]> {
  const byOwner = new Map<string, Observed[]>(queries.map((query) => [query.owner, []]));
  for (const resource of await type.list(cloud, queries)) byOwner.get(resource.owner)?.push(resource);
  return queries.map((query) => byOwner.get(query.owner) ?? []);
}

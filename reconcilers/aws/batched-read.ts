import DataLoader from 'dataloader';
import type { Aws } from './cloud.ts';

/** For so many milliseconds a read waits for others of the same sort. */
const WINDOW = 5;

/** Reads of many that AWS answers together: what is asked for within a moment is one call. Nothing is kept. */
export class BatchedRead<Key, Value> {
  private readonly read: (aws: Aws, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>;
  private readonly mostPerCall: number;
  private readonly loaders = new WeakMap<Aws, DataLoader<Key, Value>>();

  /** @param read an answer, or an error, for each key in the same order */
  constructor(
    read: (aws: Aws, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
    mostPerCall = Infinity,
  ) {
    this.read = read;
    this.mostPerCall = mostPerCall;
  }

  of(aws: Aws, key: Key): Promise<Value> {
    let loader = this.loaders.get(aws);
    if (loader === undefined) {
      loader = new DataLoader((keys) => this.read(aws, keys), {
        cache: false,
        maxBatchSize: this.mostPerCall,
        batchScheduleFn: (dispatch) => void setTimeout(dispatch, WINDOW),
      });
      this.loaders.set(aws, loader);
    }
    return loader.load(key);
  }
}

import type { Aws } from './cloud.ts';

/**
 * Descriptions in which AWS changes nothing, as of parameter groups without their parameters. Whoever makes a resource
 * anew makes it without its tags, so what the index of tags goes on showing is what was described before.
 */
export class UnchangingDescriptions<Item> {
  private readonly memory = new WeakMap<Aws, Map<string, Item>>();

  /** Undefined unless all that are asked for are known and are in the index of tags. */
  recall(
    aws: Aws,
    names: Iterable<string>,
    isIndexed: (name: string) => boolean,
  ): readonly Item[] | undefined {
    const found: Item[] = [];
    for (const name of names) {
      const item = this.memory.get(aws)?.get(name);
      if (item === undefined || !isIndexed(name)) return undefined;
      found.push(item);
    }
    return found;
  }

  remember(aws: Aws, name: string, item: Item): void {
    const ofCloud = this.memory.get(aws) ?? new Map<string, Item>();
    this.memory.set(aws, ofCloud.set(name, item));
  }

  /** To be called when it is made, removed or found to be gone. */
  forget(aws: Aws, name: string): void {
    this.memory.get(aws)?.delete(name);
  }
}

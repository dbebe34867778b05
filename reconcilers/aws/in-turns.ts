import type { Fields } from '../../controller/engine/resource-type.ts';
import type { Aws } from './cloud.ts';

type Name<Settings> = keyof Settings & string;

type Reads<Settings> = { readonly [Setting in Name<Settings>]: () => Promise<Settings[Setting]> };

type Memory<Settings> = {
  /** In the order of reading: the first was not read for longest. */
  readonly readings: Map<Name<Settings>, Settings[Name<Settings>]>;
  /** Which list was the last to ask for it. */
  readonly questions: Map<Name<Settings>, symbol>;
};

/**
 * What costs a call per resource and setting. One list reads anew what was never read, and as many as a list may of
 * those that were not read for longest; of the others the last reading counts. So a change by hand is seen some lists
 * later, and a change of ours at once, because what is written is forgotten.
 */
export class InTurns<Settings extends Fields> {
  private readonly perList: number;
  private readonly memories = new WeakMap<Aws, Map<string, Memory<Settings>>>();

  constructor(perList: number) {
    this.perList = perList;
  }

  /** The settings that `reads` names. Turns are taken among those of one group, which is a resource or a type. */
  async of(aws: Aws, group: string, reads: Reads<Settings>): Promise<Settings> {
    const memory = this.memoryOf(aws, group);
    const names = namesOf(reads);
    const oldest = [...memory.readings].filter(([name]) => name in reads);
    const unread = names.filter((name) => !memory.readings.has(name));
    const again = oldest.slice(0, Math.max(0, this.perList - unread.length));
    const due = [...unread, ...again.map(([name]) => name)];
    const found: Partial<Settings> = {};
    Object.assign(found, Object.fromEntries(oldest), await ask(memory, due, reads));
    return complete(found, names);
  }

  /** To be called after a write, also one that failed: the next list reads it anew, or all of the group. */
  forget(aws: Aws, group: string, name?: Name<Settings>): void {
    const groups = this.memories.get(aws);
    if (name === undefined) {
      groups?.delete(group);
      return;
    }
    groups?.get(group)?.readings.delete(name);
    groups?.get(group)?.questions.delete(name);
  }

  private memoryOf(aws: Aws, group: string): Memory<Settings> {
    const groups = this.memories.get(aws) ?? new Map<string, Memory<Settings>>();
    this.memories.set(aws, groups);
    const memory = groups.get(group) ?? { readings: new Map(), questions: new Map() };
    groups.set(group, memory);
    return memory;
  }
}

/** Nothing of it is remembered if one of them cannot be read: then it is the turn of the same again. */
async function ask<Settings extends Fields>(
  { readings, questions }: Memory<Settings>,
  names: readonly Name<Settings>[],
  reads: Reads<Settings>,
): Promise<Partial<Settings>> {
  const question = Symbol('list');
  for (const name of names) questions.set(name, question);
  const answers = await Promise.all(names.map(async (name) => [name, await reads[name]()] as const));
  const found: Partial<Settings> = {};
  for (const [name, value] of answers) {
    Object.assign(found, { [name]: value });
    // What was written or asked again since then is newer than this.
    if (questions.get(name) !== question) continue;
    questions.delete(name);
    readings.delete(name);
    readings.set(name, value);
  }
  return found;
}

function namesOf<Settings extends Fields>(reads: Reads<Settings>): readonly Name<Settings>[] {
  return Object.keys(reads).filter((name): name is Name<Settings> => name in reads);
}

function complete<Settings extends Fields>(
  found: Partial<Settings>,
  names: readonly Name<Settings>[],
): Settings {
  if (isComplete(found, names)) return found;
  throw new Error('a setting was not read');
}

function isComplete<Settings extends Fields>(
  found: Partial<Settings>,
  names: readonly Name<Settings>[],
): found is Settings {
  return names.every((name) => name in found);
}

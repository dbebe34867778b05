import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differences } from '../../../controller/engine/compare.ts';
import { nodeTag, ownerTag } from '../../../controller/engine/ownership.ts';
import type {
  Creation,
  Fields,
  Observed,
  OwnerQuery,
  ResourceType,
} from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../../../reconcilers/aws/cloud.ts';
import { startEmulator, type Emulator } from '../../emulator/start.ts';
import { connectTo, type TestConnection } from './connect.ts';

/** What a test knows of a field beyond its type. */
export type FieldFixture<Value, Spec extends Fields, Outputs extends Fields> =
  | 'immutable'
  /** Counts at creation only, or has one wanted value only. */
  | 'own tests'
  | {
      readonly another: Value;
      /** What the rest of the spec must be for that, before and after. */
      readonly given?: Partial<Spec>;
      /** Changes it as somebody else would, with the SDK alone. */
      readonly changeFromOutside: (current: Observed<Spec, Outputs>) => Promise<unknown>;
    };

export type Fixture<Spec extends Fields, Outputs extends Fields> = {
  /** One that can be created beside those of other numbers; what it refers to is made here. */
  spec(number: number): Spec | Promise<Spec>;
  /** Creation only starts it: not before a list shows it ready are its outputs known. */
  readonly pending?: true;
  /** Fields that creation cannot give it: an update does, once it is there. */
  readonly completedByUpdate?: readonly (keyof Spec)[];
  /** Settings are read in turns: so many lists read each of them once. */
  readonly turns?: number;
  readonly fields: { readonly [Field in keyof Spec]-?: FieldFixture<Spec[Field], Spec, Outputs> };
  /** Takes all tags away, as somebody else would. */
  removeTags(current: Observed<Spec, Outputs>): Promise<unknown>;
};

/** What every type of resource must do, against the emulator. */
export function describeResourceType<Spec extends Fields, Outputs extends Fields>(
  type: ResourceType<Spec, Outputs, Aws>,
  prepare: (aws: Aws) => Promise<Fixture<Spec, Outputs>>,
  /** Fields that have one wanted value only: the type's own tests are about them. */
  withOwnTests: readonly (keyof Spec)[] = [],
): void {
  describe(`${type.name} keeps the contract of resource types:`, () => {
    let emulator: Emulator;
    let connection: TestConnection;
    let aws: Aws;
    let fixture: Fixture<Spec, Outputs>;
    let made = 0;

    beforeAll(async () => {
      emulator = await startEmulator();
      connection = connectTo(emulator.endpoint);
      aws = connection.aws;
      fixture = await prepare(aws);
    });
    afterAll(async () => {
      connection.close();
      await emulator.stop();
    });

    async function subject(given?: Partial<Spec>): Promise<Subject<Spec, Outputs>> {
      made += 1;
      const owner = `Sample/test/object-${made}`;
      return new Subject(type, aws, { ...(await fixture.spec(made)), ...given }, owner);
    }

    const names = Object.keys(type.fields).filter((name): name is keyof Spec & string => name in type.fields);
    const changeable = names.filter((name) => {
      const { immutable, createOnly } = type.fields[name];
      return immutable !== true && createOnly !== true && !withOwnTests.includes(name);
    });

    test('an owner that has nothing is listed nothing', async () => {
      expect(await (await subject()).list()).toEqual([]);
    });

    test('what was created is listed, is what was wanted, and says whose it is', async () => {
      const it = await subject();
      const created = await it.create();
      const [found, ...others] = await it.list();
      expect(others).toEqual([]);
      expect(found).toMatchObject({ id: created.id, owner: it.owner, node: 'node', state: 'ready' });
      expect(found?.tags).toEqual(it.creation.tags);
      expect(differences(type, it.wanted, found?.spec ?? {})).toEqual([]);
      expect(created.outputs).toEqual(fixture.pending === true ? undefined : found?.outputs);
    });

    test('it is found again by a process that remembers nothing of it', async () => {
      const it = await subject();
      const { id } = await it.create();
      const found = await type.list(aws, [{ ...it.query, names: new Map() }]);
      expect(found.map((resource) => resource.id)).toEqual([id]);
    });

    if (type.uniqueBy !== 'none')
      test('created again, as after a lost answer, it is still one', async () => {
        const it = await subject();
        const { id } = await it.create();
        expect((await it.create()).id).toBe(id);
        expect(await it.list()).toHaveLength(1);
      });

    describe.each(changeable)('%s', (name) => {
      test('is changed, and changed back', async () => {
        const { another, given } = valuesOf(fixture, name);
        const it = await subject(given);
        await it.create();
        const before = it.wanted;
        it.wanted = { ...before, [name]: another };
        expect(await it.changedFields()).toEqual([name]);
        await it.update();
        expect(await it.changedFields()).toEqual([]);
        it.wanted = before;
        await it.update();
        expect(await it.changedFields()).toEqual([]);
      });

      test('is created with another value too', async () => {
        const { another, given } = valuesOf(fixture, name);
        const it = await subject(given);
        it.wanted = { ...it.wanted, [name]: another };
        await it.create();
        if (fixture.completedByUpdate?.includes(name) === true) await it.update();
        expect(await it.changedFields()).toEqual([]);
      });

      test('is seen when somebody else changes it, and mended', async () => {
        const { changeFromOutside, given } = valuesOf(fixture, name);
        const it = await subject(given);
        await it.create();
        await changeFromOutside(await it.current());
        for (let list = 1; list < (fixture.turns ?? 1); list += 1) await it.list();
        expect(await it.changedFields()).toEqual([name]);
        await it.update();
        expect(await it.changedFields()).toEqual([]);
      });
    });

    test('its tags become exactly what they are set to', async () => {
      const it = await subject();
      await it.create();
      const tags = { [ownerTag]: it.owner, [nodeTag]: 'node', added: 'one', 'with space': 'a/b:c' };
      await type.setTags?.(aws, await it.current(), tags);
      expect((await it.current()).tags).toEqual(tags);
      expect(await it.changedFields()).toEqual([]);
    });

    test('it is known by its id when somebody takes its tags away', async () => {
      const it = await subject();
      const { id } = await it.create();
      await fixture.removeTags(await it.current());
      const known = { ...it.query, known: new Map([['node', id]]) };
      const [found] = await type.list(aws, [known]);
      expect(found).toMatchObject({ id, owner: it.owner, node: 'node' });
      expect(found?.tags).toEqual({});
    });

    test('deleted, it is gone, and deleting it again does no harm', async () => {
      const it = await subject();
      await it.create();
      const current = await it.current();
      await type.delete(aws, current);
      const left = await it.list();
      expect(left.map(({ state }) => state)).toEqual(type.deletionIsReversible === true ? ['deleting'] : []);
      await type.delete(aws, current);
      expect(await it.list()).toEqual(left);
    });

    if (type.deletionIsReversible === true)
      test('an update takes its deletion back', async () => {
        const it = await subject();
        const { id } = await it.create();
        await type.delete(aws, await it.current());
        await it.update();
        expect(await it.current()).toMatchObject({ id, state: 'ready' });
        expect(await it.changedFields()).toEqual([]);
      });

    test('owners do not see what others have, and share the search for it', async () => {
      const [one, other] = [await subject(), await subject()];
      const ids = [(await one.create()).id, (await other.create()).id];
      expect((await one.list()).map(({ id }) => id)).toEqual([ids[0]]);
      const alone = [await connection.during(() => one.list()), await connection.during(() => other.list())];
      const together = await connection.during(async () => {
        const found = await type.list(aws, [one.query, other.query]);
        expect(new Map(found.map(({ id, owner }) => [id, owner]))).toEqual(
          new Map([
            [ids[0], one.owner],
            [ids[1], other.owner],
          ]),
        );
      });
      expect(together.length).toBeLessThan(alone.flat().length);
    });

    test('a list writes nothing', async () => {
      const it = await subject();
      await it.create();
      const calls = await connection.during(() => it.list());
      expect(calls.filter(({ mutating }) => mutating)).toEqual([]);
    });
  });
}

function valuesOf<Spec extends Fields, Outputs extends Fields, Field extends keyof Spec & string>(
  fixture: Fixture<Spec, Outputs>,
  field: Field,
): Exclude<FieldFixture<Spec[Field], Spec, Outputs>, string> {
  const values: FieldFixture<Spec[Field], Spec, Outputs> = fixture.fields[field];
  if (typeof values === 'string') throw new Error(`${field} is ${values} in the fixture only`);
  return values;
}

/** One resource of one object. */
class Subject<Spec extends Fields, Outputs extends Fields> {
  wanted: Spec;
  readonly owner: string;
  private readonly type: ResourceType<Spec, Outputs, Aws>;
  private readonly aws: Aws;

  constructor(type: ResourceType<Spec, Outputs, Aws>, aws: Aws, wanted: Spec, owner: string) {
    this.type = type;
    this.aws = aws;
    this.wanted = wanted;
    this.owner = owner;
  }

  get query(): OwnerQuery {
    const name = this.type.nameField && this.wanted[this.type.nameField];
    const names = new Map(typeof name === 'string' ? [['node', name]] : []);
    return { owner: this.owner, names, known: new Map(), unconfirmed: new Set() };
  }

  get creation(): Creation {
    const tags = { Name: 'sample', [ownerTag]: this.owner, [nodeTag]: 'node' };
    return { owner: this.owner, node: 'node', tags };
  }

  create() {
    return this.type.create(this.aws, this.wanted, this.creation);
  }

  list() {
    return this.type.list(this.aws, [this.query]);
  }

  async current(): Promise<Observed<Spec, Outputs>> {
    const [current] = await this.list();
    if (current === undefined) throw new Error(`${this.owner} has no ${this.type.name}`);
    return current;
  }

  async changedFields(): Promise<readonly string[]> {
    const changes = differences(this.type, this.wanted, (await this.current()).spec);
    return [...new Set(changes.map(({ field }) => field))];
  }

  async update(): Promise<void> {
    const current = await this.current();
    await this.type.update(this.aws, current, this.wanted, differences(this.type, this.wanted, current.spec));
  }
}

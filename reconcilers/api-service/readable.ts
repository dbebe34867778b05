import type { Place } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { Database } from './database.ts';
import { secretArnPattern } from './injected-secrets.ts';
import type { ApiServiceSpec } from './spec.ts';

/** Secrets that a role may read, whoever owns them, and the keys that they are encrypted with. */
export type Readable = {
  readonly secretArns: readonly Input<string>[];
  readonly keyArns: readonly Input<string>[];
};

/** What ECS reads when a task starts: exactly what the container gets as environment variables. */
export function readAtStart(
  place: Place,
  { container, secrets }: ApiServiceSpec,
  ownKey: Input<string> | undefined,
  database: Database | undefined,
): Readable {
  const references = Object.values(container.secrets);
  const names = new Set(references.map(({ secretName }) => secretName));
  const readsOwn = secrets.some(({ name }) => names.has(name));
  return {
    secretArns: [...(database?.secretArns ?? []), ...patterns(place, names)],
    keyArns: distinct([
      database?.keyArn,
      readsOwn ? ownKey : undefined,
      ...references.map(({ kmsKeyArn }) => kmsKeyArn),
    ]),
  };
}

/** What the program itself may read: its own secrets, and the credentials of its database after a rotation. */
export function readByProgram(
  place: Place,
  { secrets }: ApiServiceSpec,
  ownKey: Input<string> | undefined,
  database: Database | undefined,
): Readable {
  const names = new Set(secrets.map(({ name }) => name));
  return {
    secretArns: [...(database?.secretArns ?? []), ...patterns(place, names)],
    keyArns: distinct([database?.keyArn, names.size > 0 ? ownKey : undefined]),
  };
}

function patterns(place: Place, names: ReadonlySet<string>): readonly string[] {
  return [...names].map((name) => secretArnPattern(place, name));
}

/** The key of the database is that of the own secrets as well. */
function distinct(keys: readonly (Input<string> | undefined)[]): readonly Input<string>[] {
  return [...new Set(keys.filter((key) => key !== undefined))];
}

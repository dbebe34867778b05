import { Ajv } from 'ajv';
import { same } from '../engine/compare.ts';
import { messageOf } from '../engine/errors.ts';
import type { ObjectRecord } from '../object.ts';

/** Grows when a record of before can no longer be read as it is. */
export const schemaVersion = 1;

type Stored = { readonly schemaVersion: number; readonly record: ObjectRecord };

/** A stored record that cannot be used: damaged, or written by a newer version. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

export function encodeRecord(record: ObjectRecord): string {
  const stored: Stored = { schemaVersion, record };
  return `${JSON.stringify(stored)}\n`;
}

/** Throws {@link UnreadableRecord} for everything that is not a record of this schema version. */
export function decodeRecord(text: string): ObjectRecord {
  const stored = parse(text);
  if (!hasVersion(stored)) throw new UnreadableRecord('it has no schemaVersion');
  if (stored.schemaVersion !== schemaVersion)
    throw new UnreadableRecord(
      `its schemaVersion is ${stored.schemaVersion}, and this version of the controller reads ${schemaVersion}`,
    );
  if (!isStored(stored)) throw new UnreadableRecord(ajv.errorsText(isStored.errors, { dataVar: 'it' }));
  return stored.record;
}

/**
 * Whether saving one over the other would change nothing that matters. When an object was last looked at does
 * not: it changes in every pass, and would make every pass write.
 */
export function sameRecord(one: ObjectRecord, other: ObjectRecord): boolean {
  return same(withoutObservation(one), withoutObservation(other));
}

function withoutObservation(record: ObjectRecord): ObjectRecord {
  const { lastObservedTime: _, ...status } = record.status;
  return { ...record, status };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableRecord(`it is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

function hasVersion(value: unknown): value is { readonly schemaVersion: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schemaVersion' in value &&
    typeof value.schemaVersion === 'number'
  );
}

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;

function object(required: Record<string, object>, optional: Record<string, object> = {}): object {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

function listOf(items: object): object {
  return { type: 'array', items };
}

function mapOf(values: object): object {
  return { type: 'object', additionalProperties: values };
}

/** What is not named here is kept as it is, so that a field that is added needs no new version. */
const recordSchema = object(
  {
    apiVersion: text,
    kind: text,
    metadata: object(
      {
        name: { ...text, minLength: 1 },
        uid: text,
        generation: number,
        creationTimestamp: text,
        labels: mapOf(text),
        annotations: mapOf(text),
      },
      { namespace: text, deletionTimestamp: text },
    ),
    spec: { type: 'object' },
    status: object(
      {
        conditions: listOf(
          object({
            type: text,
            status: { enum: ['True', 'False', 'Unknown'] },
            reason: text,
            message: text,
            observedGeneration: number,
            lastTransitionTime: text,
          }),
        ),
        resources: listOf(object({ node: text, type: text, id: text, state: text })),
      },
      { observedGeneration: number, observedCommit: text, lastObservedTime: text },
    ),
    source: object({ file: text, line: number }),
    memory: object(
      {
        resources: mapOf(object({ type: text, id: text }, { createdAt: number })),
        intents: mapOf(object({ type: text, at: number })),
        tagKeys: listOf(text),
      },
      { appliedHash: text, approval: object({ hash: text, digest: text, steps: listOf(text) }) },
    ),
    events: listOf(
      object({
        type: { enum: ['Normal', 'Warning'] },
        reason: text,
        message: text,
        count: number,
        firstTimestamp: text,
        lastTimestamp: text,
      }),
    ),
  },
  { commit: text },
);

const ajv = new Ajv({ strict: true });
const isStored = ajv.compile<Stored>(object({ schemaVersion: number, record: recordSchema }));

import type { ApplyMethod, Parameter } from '@aws-sdk/client-rds';
import { Terminal } from '../../../../controller/engine/errors.ts';
import type { ParameterGroupSpec } from './parameter-group-spec.ts';

/** What differs between parameter groups of clusters and those of instances: the names of the operations. */
export type ParameterCalls = {
  /** All parameters of a group, or those that were set. */
  describe(name: string, source?: 'user'): Promise<readonly Parameter[]>;
  modify(name: string, parameters: Parameter[]): Promise<unknown>;
  reset(name: string, parameters: Parameter[]): Promise<unknown>;
};

type Values = ParameterGroupSpec['parameters'];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html */
const PARAMETERS_PER_CALL = 20;

export function valuesOf(parameters: readonly Parameter[]): Values {
  return Object.fromEntries(
    parameters.map(({ ParameterName = '', ParameterValue = '' }) => [ParameterName, ParameterValue]),
  );
}

export function appliedAtReboot(parameters: readonly Parameter[]): readonly string[] {
  return parameters
    .filter(({ ApplyType }) => ApplyType === 'static')
    .map(({ ParameterName = '' }) => ParameterName)
    .sort();
}

/**
 * Makes exactly `wanted` be set. Parameters whose type is `static` are refused unless they are to be applied at a
 * reboot, so the types of all are read first: that is several pages, but only where something is to be written.
 */
export async function writeParameters(
  calls: ParameterCalls,
  group: string,
  wanted: Values,
  actual: Values,
): Promise<void> {
  const changed = Object.keys(wanted).filter((name) => wanted[name] !== actual[name]);
  const removed = Object.keys(actual).filter((name) => wanted[name] === undefined);
  if (changed.length + removed.length === 0) return;
  const known = await calls.describe(group);
  const methods = new Map(known.map((parameter) => [parameter.ParameterName, methodOf(parameter)]));
  const toWrite = changed.map((ParameterName) => ({
    ParameterName,
    ParameterValue: wanted[ParameterName],
    ApplyMethod: methodFor(methods, ParameterName),
  }));
  const toReset = removed.map((ParameterName) => ({
    ParameterName,
    ApplyMethod: methodFor(methods, ParameterName),
  }));
  for (const some of parts(toWrite)) await calls.modify(group, some);
  for (const some of parts(toReset)) await calls.reset(group, some);
}

function methodOf({ ApplyType, IsModifiable }: Parameter): ApplyMethod | undefined {
  if (IsModifiable === false) return undefined;
  return ApplyType === 'static' ? 'pending-reboot' : 'immediate';
}

function methodFor(
  methods: ReadonlyMap<string | undefined, ApplyMethod | undefined>,
  name: string,
): ApplyMethod {
  const method = methods.get(name);
  if (method !== undefined) return method;
  const why = methods.has(name) ? 'cannot be changed' : 'does not exist in this family';
  throw new Terminal('InvalidSpec', `cannot have the parameter ${name} set: it ${why}`);
}

function parts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / PARAMETERS_PER_CALL);
  return Array.from({ length: count }, (_, part) =>
    items.slice(part * PARAMETERS_PER_CALL, (part + 1) * PARAMETERS_PER_CALL),
  );
}

import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';

/**
 * What is left of settings without those that say nothing: AWS shows empty lists, zeros and false for most of what was
 * not given. Undefined if nothing is left.
 */
export function unlessDefault(settings: object): Fields | undefined {
  const left = Object.entries(settings).filter(([name, value]) => !saysNothing(name, value));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function saysNothing(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return true;
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
  if (name === 'versionConsistency') return value === 'enabled';
  if (Array.isArray(value)) return value.length === 0;
  return isFields(value) && unlessDefault(value) === undefined;
}

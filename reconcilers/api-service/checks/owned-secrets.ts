import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import { isFields } from '../../../controller/engine/resource-type.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { secretOwners } from './secret-owners.ts';

const least = 16;
const most = 1024;

/** Values that the schema cannot describe, and names that are unique in an account and region. */
export function checkOwnedSecrets({ secrets }: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  const owners = secretOwners(others);
  return secrets.flatMap(({ name, value }, index) => {
    const message = valueFault(value);
    const owner = owners.get(name);
    return [
      ...(message === undefined ? [] : [{ path: ['secrets', index, 'value'], message }]),
      ...(owner === undefined
        ? []
        : [{ path: ['secrets', index, 'name'], message: `${name} belongs to ${owner.label} already` }]),
    ];
  });
}

/** What a schema of Kubernetes lets through here is anything but a wrong text. */
function valueFault(value: unknown): string | undefined {
  if (value === 'External') return undefined;
  if (!isFields(value)) return 'expected External or a mapping like {generateBytes: 32}';
  const unknown = Object.keys(value).find((field) => field !== 'generateBytes');
  if (unknown !== undefined) return `unknown field ${unknown}; expected {generateBytes: 32}`;
  const { generateBytes: bytes } = value;
  if (typeof bytes === 'number' && Number.isInteger(bytes) && bytes >= least && bytes <= most)
    return undefined;
  return `generateBytes must be a whole number from ${least} to ${most}`;
}

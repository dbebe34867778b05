import type { Parameter } from '@aws-sdk/client-rds';
import { NotFound } from '../../../../controller/engine/errors.ts';
import type { ParameterGroupSpec } from './parameter-group-spec.ts';

type Values = ParameterGroupSpec['parameters'];

type Group = {
  readonly family: string;
  /** Names of the parameters that RDS shows as set. */
  readonly set: ReadonlySet<string>;
};

type Family = {
  /** What its parameters are where nobody sets them, as far as they have a value. */
  readonly values: Map<string, string>;
  /** Parameters that were set wherever their family was looked at. */
  readonly unknown: Set<string>;
};

/**
 * What parameters are by themselves. One that is set to just this value is shown as one that nobody set, as
 * `rds.force_ssl` is that is `1` in postgres15 anyway: to look at those alone that are set would show a difference that
 * no call takes away. The source that RDS tells of each parameter:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBParameters.html, and what became of it
 * elsewhere: https://github.com/hashicorp/terraform-provider-aws/issues/23335
 */
export class FamilyValues {
  private readonly families = new Map<string, Family>();

  /** Reads all parameters of a group, several pages, if its family is not known as far as the group needs it. */
  async learn({ family, set }: Group, readAll: () => Promise<readonly Parameter[]>): Promise<void> {
    const known = this.families.get(family);
    if (known !== undefined && known.unknown.isSubsetOf(set)) return;
    const all = await unlessGone(readAll());
    if (all.length === 0) return;
    const { values, unknown } = known ?? { values: new Map<string, string>(), unknown: new Set<string>() };
    for (const { ParameterName = '', ParameterValue, Source } of all) {
      if (Source === 'user') {
        if (!values.has(ParameterName)) unknown.add(ParameterName);
        continue;
      }
      unknown.delete(ParameterName);
      if (ParameterValue !== undefined) values.set(ParameterName, ParameterValue);
    }
    this.families.set(family, { values, unknown });
  }

  /** With what is wanted and nobody set, as the family has it. */
  complete(wanted: Values, set: Values, family: string): Values {
    const values = this.families.get(family)?.values;
    const ofFamily = Object.keys(wanted).flatMap((name) => {
      const value = set[name] === undefined ? values?.get(name) : undefined;
      return value === undefined ? [] : [[name, value] as const];
    });
    return { ...set, ...Object.fromEntries(ofFamily) };
  }
}

/** Nothing of a group that goes while it is looked at. */
async function unlessGone(found: Promise<readonly Parameter[]>): Promise<readonly Parameter[]> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

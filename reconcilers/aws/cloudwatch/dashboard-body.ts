import { GetDashboardCommand, type DashboardEntry } from '@aws-sdk/client-cloudwatch';
import { NotFound } from '../../../controller/engine/errors.ts';
import { isFields, type Fields } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';

/**
 * A body that was read so many milliseconds after the last change is that of this change: a later one has another
 * time, however coarse AWS's times are and however wrong the clock here.
 */
const CERTAIN_AFTER = 60_000;

type Read = { readonly body: Fields; readonly at: number; readonly modified: number; readonly size: number };

const memory = new WeakMap<Aws, Map<string, Read>>();

/** What a dashboard shows. A list tells when it was changed last, so that it is read again only then. */
export async function bodyOf(aws: Aws, name: string, entry: DashboardEntry | undefined): Promise<Fields> {
  const modified = entry?.LastModified?.getTime() ?? Number.NaN;
  const size = entry?.Size ?? Number.NaN;
  const known = memory.get(aws)?.get(name);
  if (known?.modified === modified && known.size === size && known.at - modified > CERTAIN_AFTER)
    return known.body;
  const at = aws.clock.now();
  const body = await readBody(aws, name);
  if (body === undefined) throw new NotFound(`the dashboard ${name} is gone`);
  const ofCloud = memory.get(aws) ?? new Map<string, Read>();
  memory.set(aws, ofCloud.set(name, { body, at, modified, size }));
  return body;
}

/** Undefined if there is none of this name. */
export async function readBody({ cloudwatch }: Aws, DashboardName: string): Promise<Fields | undefined> {
  try {
    const { DashboardBody = '{}' } = await cloudwatch.send(new GetDashboardCommand({ DashboardName }));
    const body: unknown = JSON.parse(DashboardBody);
    return isFields(body) ? body : {};
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

/** To be called before a write: lists may go on showing the time of the change before. */
export function forgetBody(aws: Aws, name: string): void {
  memory.get(aws)?.delete(name);
}

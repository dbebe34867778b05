import { DeleteListenerCommand, type Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { listenersOf } from './listener-read.ts';
import { elbTags } from './tags.ts';

/** Those listeners that do not carry the tag of the owner; what the index of tags shows of them is not asked for. */
export async function othersOf(
  aws: Aws,
  listeners: readonly Listener[],
  owner: string,
  indexed: ReadonlyMap<string, Tags>,
): Promise<readonly Listener[]> {
  const found = await Promise.all(
    listeners.map(async (listener) => {
      const arn = listener.ListenerArn ?? '';
      const ownerInTags = await ownerOf(aws, arn, indexed.get(arn));
      return ownerInTags === undefined || ownerInTags === owner ? [] : [listener];
    }),
  );
  return found.flat();
}

/** Removes listeners of others on other ports than these. Whose they are is looked at again right before. */
export async function removeOthers(
  aws: Aws,
  loadBalancerArn: string,
  owner: string,
  ports: readonly number[],
): Promise<void> {
  const others = await othersOf(aws, await listenersOf(aws, loadBalancerArn), owner, new Map());
  for (const { Port = 0, ListenerArn } of others)
    if (!ports.includes(Port)) await ifThere(aws.elb.send(new DeleteListenerCommand({ ListenerArn })));
}

/** Empty if nobody's; undefined if the listener is gone. */
async function ownerOf(aws: Aws, arn: string, inIndex: Tags | undefined): Promise<string | undefined> {
  try {
    return (await elbTags.of(aws, arn, inIndex))[ownerTag] ?? '';
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

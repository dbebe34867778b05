import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  paginateDescribeTargetGroups,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { collect } from '../../reconcilers/aws/pages.ts';
import type { Clients } from '../clients.ts';
import { byName, without, type DataState } from '../data-state/resources.ts';
import { tagsOf } from './load-balancers.ts';
import { pairsIn } from './pairs.ts';

/** Of their targets only how many there are: each task has another address. */
export async function targetGroupsOf({ elb }: Clients): Promise<DataState> {
  const groups = await collect(
    paginateDescribeTargetGroups({ client: elb }, {}),
    (page) => page.TargetGroups,
  );
  const found = await Promise.all(groups.map((group) => groupOf(elb, group)));
  return { targetGroups: byName(found, ({ TargetGroupName }) => TargetGroupName) };
}

async function groupOf(elb: Clients['elb'], group: TargetGroup) {
  const { TargetGroupArn } = group;
  const [{ Attributes }, { TargetHealthDescriptions = [] }, Tags] = await Promise.all([
    elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
    elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    tagsOf(elb, TargetGroupArn),
  ]);
  return {
    ...without(group, 'TargetGroupArn'),
    Attributes: pairsIn(Attributes),
    targets: TargetHealthDescriptions.length,
    Tags,
  };
}

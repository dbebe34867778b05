import { partitionOf } from '../partition.ts';

type Place = { readonly account: string; readonly region: string };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html */
export function alarmArn({ account, region }: Place, name: string): string {
  return `arn:${partitionOf(region).name}:cloudwatch:${region}:${account}:alarm:${name}`;
}

/** Names may hold colons. */
export function alarmNameIn(arn: string): string {
  return arn.split(':').slice(6).join(':');
}

/** Dashboards are in no region: their names are those of the whole account. */
export function dashboardArn({ account, region }: Place, name: string): string {
  return `arn:${partitionOf(region).name}:cloudwatch::${account}:dashboard/${name}`;
}

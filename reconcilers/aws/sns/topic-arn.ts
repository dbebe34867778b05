import { partitionOf } from '../partition.ts';

type Place = { readonly account: string; readonly region: string };

/** Known before the topic is made, as its policy needs it: names are unique in an account and region. */
export function topicArn({ account, region }: Place, name: string): string {
  return `arn:${partitionOf(region).name}:sns:${region}:${account}:${name}`;
}

export function topicNameIn(arn: string): string {
  return arn.split(':')[5] ?? '';
}

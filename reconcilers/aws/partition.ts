/** Regions come in partitions, which differ in the first part of every ARN and in the domain of every endpoint. */
export type Partition = { readonly name: 'aws' | 'aws-cn' | 'aws-us-gov'; readonly domain: string };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return { name: 'aws-cn', domain: 'amazonaws.com.cn' };
  return { name: region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws', domain: 'amazonaws.com' };
}

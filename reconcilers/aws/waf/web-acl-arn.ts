const SCOPE = 'REGIONAL';

/** How every operation on one web ACL names it. Its ARN is `arn:...:regional/webacl/<name>/<id>`. */
export function keyIn(arn: string) {
  const [Name = '', Id = ''] = resourceIn(arn).split('/').slice(2);
  return { Name, Id, Scope: SCOPE } as const;
}

export function isWebAclArn(arn: string): boolean {
  return resourceIn(arn).startsWith('regional/webacl/');
}

function resourceIn(arn: string): string {
  return arn.split(':')[5] ?? '';
}

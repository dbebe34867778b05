import { ListWebACLsCommand, type WebACLSummary } from '@aws-sdk/client-wafv2';
import type { OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ownedTags } from '../owned.ts';
import { isWebAclArn, keyIn } from './web-acl-arn.ts';

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html */
const PAGE_SIZE = 100;

/** What the index of tags shows of these owners, by ARN. */
export async function tagsInIndex(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<ReadonlyMap<string, Tags>> {
  const found = await ownedTags(aws, 'wafv2', queries);
  return new Map([...found].filter(([arn]) => isWebAclArn(arn)));
}

/** ARNs of web ACLs that may be meant. All there are are looked through only for a name that nothing shows. */
export async function findWebAcls(
  aws: Aws,
  queries: readonly OwnerQuery[],
  indexed: ReadonlyMap<string, Tags>,
): Promise<ReadonlySet<string>> {
  const arns = new Set([...indexed.keys(), ...queries.flatMap(({ known }) => [...known.values()])]);
  const missing = new Set(queries.flatMap(({ names }) => [...names.values()]));
  for (const arn of arns) missing.delete(keyIn(arn).Name);
  if (missing.size === 0) return arns;
  const all = await allWebAcls(aws);
  for (const { Name = '', ARN } of all) if (missing.has(Name) && ARN !== undefined) arns.add(ARN);
  return arns;
}

export async function allWebAcls({ waf }: Aws): Promise<readonly WebACLSummary[]> {
  const found: WebACLSummary[] = [];
  let NextMarker: string | undefined;
  do {
    const page = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: PAGE_SIZE, NextMarker }));
    found.push(...(page.WebACLs ?? []));
    NextMarker = page.NextMarker;
  } while (NextMarker !== undefined);
  return found;
}

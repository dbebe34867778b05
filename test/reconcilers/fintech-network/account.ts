import { parseDocument, stringify, visit } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../controller/manifests/json.ts';
import { readAwsState } from '../../aws-state.ts';
import type { Clients } from '../../clients.ts';
import { readNetworkState } from '../../network-state.ts';

/** Everything of an account that a network may have made, by type and name. */
export type Account = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export async function readAccount(clients: Clients): Promise<Account> {
  const [network, { buckets, roles, keys, others }] = await Promise.all([
    readNetworkState(clients),
    readAwsState(clients),
  ]);
  const rest = Object.entries({ roles, buckets, keys, others });
  return { ...network, ...Object.fromEntries(rest.filter(([, found]) => Object.keys(found).length > 0)) };
}

/** Tags of each resource that is somebody's: what AWS makes of itself in a VPC belongs to nobody. */
export function tagsByName(account: Account): Readonly<Record<string, JsonObject>> {
  const { interfaces: _interfaces, ...others } = account;
  const resources = Object.values(others).flatMap((found) => Object.entries(found));
  return Object.fromEntries(
    resources.flatMap(([name, resource]) => {
      if (!isJsonObject(resource) || isOfAws(resource)) return [];
      const tags = resource['Tags'] ?? resource['tags'];
      return [[name, isJsonObject(tags) ? tags : {}]];
    }),
  );
}

/** The main route table and the default network ACL come with a VPC; nothing refers to them. */
function isOfAws({ IsDefault, subnets }: JsonObject): boolean {
  return Array.isArray(subnets) && (IsDefault === true || subnets.includes('main'));
}

/** Of what a route, a rule or an entry is in the document: below its type, its name and its list. */
const DEPTH_OF_PARTS = 8;

/** For people: without tags, and with a line for each route, rule and entry. */
export function readable(account: Account): string {
  const { interfaces = {}, ...others } = account;
  const text = stringify(withoutTags({ ...others, interfaces: Object.keys(interfaces) }), { lineWidth: 0 });
  const document = parseDocument(text);
  visit(document, {
    Map(key, node, path) {
      if (typeof key === 'number' && path.length === DEPTH_OF_PARTS) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function withoutTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTags);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => !['Tags', 'tags', 'TagSet'].includes(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutTags(item)]));
}

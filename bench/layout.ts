/** What an object of the benchmark wants: forty nodes of seven types, about as large as those of real kinds. */

export const nodesPerObject = 40;

const counts = { network: 1, subnet: 6, group: 6, role: 6, key: 6, bucket: 6, gateway: 9 } as const;

export type TypeName = keyof typeof counts;

export const typeNames = ['network', 'subnet', 'group', 'role', 'key', 'bucket', 'gateway'] as const;

export type BenchSpec = {
  readonly name: string;
  readonly description: string;
  readonly size: number;
  readonly zone: string;
  readonly settings: {
    readonly mode: string;
    readonly encryption: { readonly algorithm: string; readonly keyId: string };
    readonly access: { readonly blockAcls: boolean; readonly blockPolicy: boolean };
    readonly lifecycle: readonly { readonly prefix: string; readonly days: number }[];
  };
  readonly members: readonly string[];
  readonly policy: { readonly version: string; readonly statements: readonly Statement[] };
};

type Statement = { readonly effect: string; readonly actions: readonly string[]; readonly resource: string };

export type NodePlace = { readonly id: string; readonly type: TypeName; readonly needs: number };

/** The nodes in their order; each but the first refers to one before it. */
export const layout: readonly NodePlace[] = typeNames.flatMap((type) =>
  Array.from({ length: counts[type] }, (_, index) => ({
    id: `${type}-${index}`,
    type,
    needs: type === 'network' ? -1 : type === 'gateway' ? 1 + (index % 6) : 0,
  })),
);

/** The settings of one node; `idOf` and `inside` are references in a graph, and values in the cloud. */
export function settingsOf<Id, Path>(
  place: NodePlace,
  name: string,
  idOf: (node: number) => Id,
  inside: (node: number) => Path,
) {
  const needs = place.needs < 0 ? undefined : place.needs;
  const keyId = needs === undefined ? 'none' : idOf(needs);
  const resource = needs === undefined ? '*' : inside(needs);
  return {
    name,
    description: 'Part of the benchmark, made by the controller',
    size: place.id.length,
    zone: 'eu-central-1a',
    settings: {
      mode: 'strict',
      encryption: { algorithm: 'aws:kms', keyId },
      access: { blockAcls: true, blockPolicy: true },
      lifecycle: [
        { prefix: 'raw/', days: 30 },
        { prefix: 'curated/', days: 365 },
      ],
    },
    members: ['10.0.0.0/16', '10.1.0.0/16', '10.2.0.0/16'],
    policy: {
      version: '2012-10-17',
      statements: [
        { effect: 'Allow', actions: ['s3:GetObject', 's3:ListBucket'], resource },
        { effect: 'Deny', actions: ['s3:DeleteObject'], resource },
      ],
    },
  };
}

/** The spec of a FintechNetwork as its CRD has it, with every default filled in. */
export type FintechNetworkSpec = {
  readonly cidr: string;
  readonly availabilityZones: readonly string[];
  /** One CIDR per zone, in the order of the zones. */
  readonly subnets: Readonly<Record<Tier, readonly string[]>>;
  readonly natGateways: 'PerZone' | 'Single' | 'None';
  readonly endpoints: {
    readonly gateway: readonly GatewayService[];
    /** As in `ecr.api`: the part of the service's name after the region. */
    readonly interface: readonly string[];
    readonly access: EndpointAccess;
  };
  readonly networkAcls: 'Tiered' | 'Default';
  readonly ports: Ports;
  readonly ingressCidrs: readonly string[];
  readonly flowLogs: FlowLogsSpec;
  readonly transitGateway?: { readonly id: string; readonly routes: readonly string[] };
};

export const tiers = ['public', 'app', 'data'] as const;

export type Tier = (typeof tiers)[number];

export type GatewayService = 's3' | 'dynamodb';

/** Whose requests endpoints let through: those of the Environment's account, or everybody's. */
export type EndpointAccess = 'Account' | 'Any';

export type Ports = {
  readonly app: number;
  /** Open beside `app` while services move there. */
  readonly appNext?: number;
  readonly database: number;
  readonly cache: number;
};

export type FlowLogsSpec = {
  readonly destination: 'CloudWatch' | 'S3';
  readonly trafficType: 'ALL' | 'ACCEPT' | 'REJECT';
  readonly retentionDays: number;
  readonly maxAggregationSeconds: 60 | 600;
  readonly bucketName?: string;
  readonly emptyOnDeletion: boolean;
};

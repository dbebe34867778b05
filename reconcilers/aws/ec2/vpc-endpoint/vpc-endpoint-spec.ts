import type { PolicyDocument } from '../../policy-document.ts';

export type VpcEndpointSpec = {
  readonly vpcId: string;
  /** `com.amazonaws.us-east-1.s3` */
  readonly serviceName: string;
  readonly endpointType: 'Gateway' | 'Interface';
  readonly policy: PolicyDocument;
  /** Of gateway endpoints, in any order: the tables that get a route to the service. */
  readonly routeTableIds: readonly string[];
  /** Of interface endpoints, in any order: one in each zone. */
  readonly subnetIds: readonly string[];
  /** Of interface endpoints, in any order. */
  readonly securityGroupIds: readonly string[];
  /** Of interface endpoints: the service's public name leads to the endpoint. */
  readonly privateDns: boolean;
};

export type VpcEndpointOutputs = { readonly vpcEndpointId: string };

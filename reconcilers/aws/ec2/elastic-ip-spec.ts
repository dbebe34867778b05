export type ElasticIpSpec = {
  /** Where it may be used; there is no other place any more. */
  readonly domain: 'vpc' | 'standard';
};

export type ElasticIpOutputs = { readonly allocationId: string; readonly publicIp: string };

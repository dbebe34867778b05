import type { ElasticIpOutputs, ElasticIpSpec } from '../../../../reconcilers/aws/ec2/elastic-ip-spec.ts';
import { ElasticIp } from '../../../../reconcilers/aws/ec2/elastic-ip.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { removeTagsOf } from './network-samples.ts';

describeResourceType(ElasticIp, async (aws): Promise<Fixture<ElasticIpSpec, ElasticIpOutputs>> => ({
  spec: () => ({ domain: 'vpc' }),
  removeTags: removeTagsOf(aws),
  fields: { domain: 'immutable' },
}));

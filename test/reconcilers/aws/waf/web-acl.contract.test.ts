import {
  DisassociateWebACLCommand,
  GetWebACLCommand,
  ListTagsForResourceCommand,
  UntagResourceCommand,
  UpdateWebACLCommand,
  type UpdateWebACLCommandInput,
} from '@aws-sdk/client-wafv2';
import type { Aws } from '../../../../reconcilers/aws/cloud.ts';
import { keyIn } from '../../../../reconcilers/aws/waf/web-acl-arn.ts';
import type { WebAclOutputs, WebAclSpec } from '../../../../reconcilers/aws/waf/web-acl-spec.ts';
import { WebAcl } from '../../../../reconcilers/aws/waf/web-acl.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { makeLoadBalancers, ruleOfOthers, sampleRules, sampleWebAcl } from './web-acl-samples.ts';

describeResourceType(WebAcl, async (aws): Promise<Fixture<WebAclSpec, WebAclOutputs>> => {
  const [one = '', other = ''] = await makeLoadBalancers(aws, ['one', 'other']);
  return {
    spec: (number) => sampleWebAcl(`contract-${number}`),

    async removeTags({ outputs }) {
      const ResourceARN = outputs.arn;
      const { TagInfoForResource } = await aws.waf.send(new ListTagsForResourceCommand({ ResourceARN }));
      const TagKeys = (TagInfoForResource?.TagList ?? []).map(({ Key = '' }) => Key);
      await aws.waf.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
    },

    fields: {
      name: 'immutable',
      description: {
        another: 'Another sample',
        changeFromOutside: ({ id }) => changeFromOutside(aws, id, { Description: undefined }),
      },
      defaultAction: {
        another: 'Block',
        changeFromOutside: ({ id }) =>
          changeFromOutside(aws, id, {
            DefaultAction: {
              Allow: { CustomRequestHandling: { InsertHeaders: [{ Name: 'seen', Value: 'yes' }] } },
            },
          }),
      },
      rules: {
        another: { common: sampleRules.common },
        changeFromOutside: ({ id }) => changeFromOutside(aws, id, { Rules: [ruleOfOthers] }),
      },
      visibility: {
        another: { metricName: 'another', metrics: false, sampledRequests: false },
        changeFromOutside: ({ id }) =>
          changeFromOutside(aws, id, {
            VisibilityConfig: {
              MetricName: 'elsewhere',
              CloudWatchMetricsEnabled: true,
              SampledRequestsEnabled: true,
            },
          }),
      },
      resourceArns: {
        given: { resourceArns: [one] },
        another: [other],
        changeFromOutside: () => aws.waf.send(new DisassociateWebACLCommand({ ResourceArn: one })),
      },
    },
  };
});

async function changeFromOutside(
  { waf }: Aws,
  arn: string,
  change: Partial<UpdateWebACLCommandInput>,
): Promise<void> {
  const key = keyIn(arn);
  const { WebACL, LockToken } = await waf.send(new GetWebACLCommand(key));
  await waf.send(
    new UpdateWebACLCommand({
      ...key,
      Description: WebACL?.Description,
      DefaultAction: WebACL?.DefaultAction,
      Rules: WebACL?.Rules,
      VisibilityConfig: WebACL?.VisibilityConfig,
      LockToken,
      ...change,
    }),
  );
}

import {
  ListTagsForResourceCommand,
  PutDashboardCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import type {
  DashboardOutputs,
  DashboardSpec,
} from '../../../../reconcilers/aws/cloudwatch/dashboard-spec.ts';
import { Dashboard } from '../../../../reconcilers/aws/cloudwatch/dashboard.ts';
import { describeResourceType, type Fixture } from '../contract.ts';
import { sampleDashboard } from './dashboard-samples.ts';

describeResourceType(
  Dashboard,
  async ({ cloudwatch }): Promise<Fixture<DashboardSpec, DashboardOutputs>> => ({
    // As the engine names what an object has: by that it is found.
    spec: (number) => sampleDashboard(`test-object-${number}-dashboard`),

    async removeTags({ outputs }) {
      const ResourceARN = outputs.arn;
      const { Tags = [] } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }));
      const TagKeys = Tags.map(({ Key = '' }) => Key);
      await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
    },

    fields: {
      name: 'immutable',
      body: {
        another: sampleDashboard('', 'Errors').body,
        changeFromOutside: ({ id }) =>
          cloudwatch.send(new PutDashboardCommand({ DashboardName: id, DashboardBody: '{"widgets":[]}' })),
      },
    },
  }),
);

import { DeleteDashboardsCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import type { Created, Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { toSdkTags } from '../tags.ts';
import { dashboardArn } from './arn.ts';
import { forgetBody, readBody } from './dashboard-body.ts';
import { listDashboards } from './dashboard-list.ts';
import type { DashboardOutputs, DashboardSpec } from './dashboard-spec.ts';
import { changeTags, readTags } from './tags.ts';

/** A page of widgets for those who operate something. Its tags say whose it is, as everywhere. */
export const Dashboard: ResourceType<DashboardSpec, DashboardOutputs, Aws> = {
  name: 'cloudwatch/dashboard',
  fields: {
    name: { severity: 'cosmetic', immutable: true },
    body: { severity: 'cosmetic' },
  },
  absence: 'cosmetic',
  holdsData: false,
  // PutDashboard on a name that is taken changes what has it.
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/ names a delay of what is shown, and
  // writing the same again is harmless.
  settleTime: 10_000,

  list: listDashboards,
  create: createDashboard,

  async update(aws, { id }, { body }) {
    forgetBody(aws, id);
    await aws.cloudwatch.send(
      new PutDashboardCommand({ DashboardName: id, DashboardBody: JSON.stringify(body) }),
    );
  },

  async delete(aws, { id }) {
    forgetBody(aws, id);
    await ifThere(aws.cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [id] })));
  },

  async setTags(aws, { outputs, tags: actual }, tags) {
    await changeTags(aws, outputs.arn, tags, actual);
  },
};

async function createDashboard(
  aws: Aws,
  { name, body }: DashboardSpec,
  creation: Creation,
): Promise<Created<DashboardOutputs>> {
  const arn = dashboardArn(aws, name);
  // Writing it would replace a dashboard that has the name already, whoever has it.
  if ((await readBody(aws, name)) !== undefined) {
    makeSureItIsOurs(`a dashboard ${name} exists already`, await readTags(aws, arn), creation);
    return { id: name };
  }
  await aws.cloudwatch.send(
    new PutDashboardCommand({
      DashboardName: name,
      DashboardBody: JSON.stringify(body),
      Tags: toSdkTags(creation.tags),
    }),
  );
  return { id: name, outputs: { arn, name } };
}

import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Creation, ResourceType } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { ifThere } from '../if-there.ts';
import { AlreadyExists } from '../outcome.ts';
import { makeSureItIsOurs } from '../ownership.ts';
import { arnOf } from './log-group-arn.ts';
import { listLogGroups } from './log-group-list.ts';
import type { LogGroupOutputs, LogGroupSpec } from './log-group-spec.ts';
import { changeLogGroupTags, logGroupTags, readLogGroupTags } from './log-group-tags.ts';
import { writeLogGroup } from './log-group-update.ts';

/** Where services and programs write what they have to say. */
export const LogGroup: ResourceType<LogGroupSpec, LogGroupOutputs, Aws> = {
  name: 'logs/log-group',
  fields: {
    name: { severity: 'availability', immutable: true },
    retentionDays: { severity: 'security' },
    kmsKeyArn: { severity: 'security' },
    logGroupClass: { severity: 'cost', immutable: true },
  },
  absence: 'security',
  holdsData: true,
  uniqueBy: 'name',
  nameField: 'name',
  ownersPerList: 100,
  // No page of https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ names a delay of what is shown: the
  // five minutes of AssociateKmsKey are until it encrypts. Writing the same again is harmless, so a short time does.
  settleTime: 10_000,

  list: listLogGroups,

  async create(aws, spec, creation) {
    const { name, retentionDays } = spec;
    const isNew = await createLogGroup(aws, spec, creation);
    // What is missing on it, the next pass sees and writes.
    if (!isNew) return { id: name };
    try {
      if (retentionDays !== undefined) {
        const retention = { logGroupName: name, retentionInDays: retentionDays };
        await aws.logs.send(new PutRetentionPolicyCommand(retention));
      }
    } catch {
      // An error from here would read as if no group had been made; the next pass reports what stands in the way.
      return { id: name };
    }
    return { id: name, outputs: { arn: arnOf(aws, name), name } };
  },

  update: writeLogGroup,

  async delete(aws, current) {
    await ifThere(aws.logs.send(new DeleteLogGroupCommand({ logGroupName: current.id })));
    logGroupTags.forget(aws, arnOf(aws, current.id));
  },

  async setTags(aws, current, tags) {
    await changeLogGroupTags(aws, current, tags);
  },
};

/** False if the group was there already, made by a call whose answer was lost. */
async function createLogGroup(aws: Aws, spec: LogGroupSpec, creation: Creation): Promise<boolean> {
  try {
    await aws.logs.send(
      new CreateLogGroupCommand({
        logGroupName: spec.name,
        kmsKeyId: spec.kmsKeyArn,
        logGroupClass: spec.logGroupClass,
        tags: creation.tags,
      }),
    );
    logGroupTags.remember(aws, arnOf(aws, spec.name), creation.tags);
    return true;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const tags = await readLogGroupTags(aws, spec.name);
    makeSureItIsOurs(`a log group ${spec.name} exists already`, tags, creation, error);
    return false;
  }
}

import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListBackupsCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import type { Clients } from '../clients.ts';
import { byName, type DataState } from './resources.ts';

export async function tablesOf({ dynamodb }: Clients): Promise<DataState> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const tables = await Promise.all(
    TableNames.map(async (TableName) => {
      const [{ Table }, { TimeToLiveDescription }, { ContinuousBackupsDescription }] = await Promise.all([
        dynamodb.send(new DescribeTableCommand({ TableName })),
        dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
        dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
      ]);
      const Tags = await tagsOf(dynamodb, Table?.TableArn);
      return { ...Table, TimeToLiveDescription, ContinuousBackupsDescription, Tags };
    }),
  );
  const { BackupSummaries } = await dynamodb.send(new ListBackupsCommand({}));
  return {
    tables: byName(tables, ({ TableName }) => TableName),
    tableBackups: byName(
      BackupSummaries?.map(({ TableName, BackupStatus, BackupType, BackupName }) => {
        return { TableName, BackupStatus, BackupType, BackupName };
      }),
      ({ TableName, BackupName }) => `${TableName} ${BackupName}`,
    ),
  };
}

/** Ten at a time. */
async function tagsOf(
  dynamodb: Clients['dynamodb'],
  ResourceArn: string | undefined,
): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  let NextToken: string | undefined;
  do {
    const page = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
    tags.push(...(page.Tags ?? []));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return tags;
}

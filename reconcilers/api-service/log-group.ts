import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Aws } from '../aws/cloud.ts';
import type { LogGroupOutputs } from '../aws/logs/log-group-spec.ts';
import { LogGroup } from '../aws/logs/log-group.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What the containers write to their output. */
export function addLogGroup(graph: Graph<Aws>, { logs }: ApiServiceSpec): NodeHandle<LogGroupOutputs> {
  const { namespace, name } = graph.object;
  return graph.add(LogGroup, 'logs', {
    name: logs.groupName ?? `/ecs/${namespace}/${name}`,
    retentionDays: logs.retentionDays,
    kmsKeyArn: undefined,
    logGroupClass: 'STANDARD',
  });
}

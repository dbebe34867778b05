import type { Graph, NodeHandle } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import type { AlarmOutputs } from '../aws/cloudwatch/alarm-spec.ts';
import { Alarm } from '../aws/cloudwatch/alarm.ts';
import { cacheAlarms } from './alarms/cache.ts';
import { databaseAlarms } from './alarms/database.ts';
import type { AlarmDefinition } from './alarms/definition.ts';
import { loadBalancerAlarms } from './alarms/load-balancer.ts';
import { serviceAlarms } from './alarms/service.ts';
import { webAclAlarms } from './alarms/web-acl.ts';
import type { ApiServiceSpec } from './spec.ts';
import type { Watched } from './watched.ts';

/** In the order in which those who call the service notice what they are about. */
export function addAlarms(
  graph: Graph<Aws>,
  spec: ApiServiceSpec,
  watched: Watched,
  topicArn: Input<string>,
): readonly NodeHandle<AlarmOutputs>[] {
  const { ingress, database, webAcl } = watched;
  const waf = spec.ingress?.waf;
  const definitions = [
    ...(ingress === undefined ? [] : loadBalancerAlarms(spec, ingress)),
    ...(webAcl === undefined || waf === undefined ? [] : webAclAlarms(waf, webAcl, graph.place.region)),
    ...serviceAlarms(spec, watched),
    ...(database === undefined ? [] : databaseAlarms(database)),
    ...(database?.cache === undefined ? [] : cacheAlarms(database.cache)),
  ];
  return definitions.map((definition) => addAlarm(graph, definition, topicArn));
}

function addAlarm(
  graph: Graph<Aws>,
  { name, meaning, lookAt, lowSampleCount = 'evaluate', ...definition }: AlarmDefinition,
  topicArn: Input<string>,
): NodeHandle<AlarmOutputs> {
  const node = `alarm-${name}`;
  const { namespace, name: service } = graph.object;
  return graph.add(Alarm, node, {
    ...definition,
    name: graph.nameOf(node),
    description: `${namespace}/${service}: ${meaning} Look first at ${lookAt}.`,
    lowSampleCount,
    alarmActions: [topicArn],
    okActions: [topicArn],
    insufficientDataActions: [],
    // What is stopped on purpose wakes nobody.
    actionsEnabled: !graph.circumstances.isAsleep,
    otherSettings: [],
  });
}

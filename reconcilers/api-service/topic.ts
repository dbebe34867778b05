import type { Graph } from '../../controller/engine/graph.ts';
import type { Input } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { alarmTopicPolicy } from '../aws/sns/topic-policy.ts';
import { Topic } from '../aws/sns/topic.ts';
import type { ApiServiceSpec } from './spec.ts';

/** The ARN of what alarms tell: somebody else's, or a topic that people subscribe to. */
export function addTopic(
  graph: Graph<Aws>,
  { alarms }: ApiServiceSpec,
  kmsKey: Input<string> | undefined,
): Input<string> {
  if (alarms.notify !== undefined) return alarms.notify;
  const { namespace, name: service } = graph.object;
  const name = graph.nameOf('alarms');
  const topic = graph.add(Topic, 'topic', {
    name,
    displayName: `Alarms of ${namespace}/${service}`,
    kmsKey,
    policy: alarmTopicPolicy(graph.place, name),
  });
  return topic.ref('arn');
}

import type { Kind } from '../../controller/engine/kind.ts';
import { ScalableTarget } from '../aws/autoscaling/scalable-target.ts';
import type { Aws } from '../aws/cloud.ts';
import { Alarm } from '../aws/cloudwatch/alarm.ts';
import { Dashboard } from '../aws/cloudwatch/dashboard.ts';
import { Repository } from '../aws/ecr/repository.ts';
import { Cluster } from '../aws/ecs/cluster.ts';
import { Service } from '../aws/ecs/service.ts';
import { TaskDefinition } from '../aws/ecs/task-definition.ts';
import { Listener } from '../aws/elb/listener.ts';
import { LoadBalancer } from '../aws/elb/load-balancer.ts';
import { TargetGroup } from '../aws/elb/target-group.ts';
import { Role } from '../aws/iam/role.ts';
import { Key } from '../aws/kms/key.ts';
import { LogGroup } from '../aws/logs/log-group.ts';
import { LogBucket } from '../aws/s3/log-bucket.ts';
import { Secret } from '../aws/secretsmanager/secret.ts';
import { Topic } from '../aws/sns/topic.ts';
import { WebAcl } from '../aws/waf/web-acl.ts';
import { addAlarms } from './alarms.ts';
import { checkApiService } from './check.ts';
import { addCluster } from './cluster.ts';
import { addDashboard } from './dashboard.ts';
import { databaseOf } from './database.ts';
import { addImage } from './image.ts';
import { addIngress } from './ingress.ts';
import { injectedSecrets } from './injected-secrets.ts';
import { keyOf } from './key.ts';
import { addLogGroup } from './log-group.ts';
import { networkOf } from './network.ts';
import { readAtStart, readByProgram } from './readable.ts';
import { addRoles } from './roles.ts';
import { addScaling } from './scaling.ts';
import { addSecrets, generatedOf } from './secrets.ts';
import { addService } from './service.ts';
import type { ApiServiceSpec } from './spec.ts';
import { statusOf, type ApiServiceStatus } from './status.ts';
import { addTaskDefinition } from './task-definition.ts';
import { addTopic } from './topic.ts';
import { watchedBy } from './watched.ts';

/** Containers on Fargate from their image to HTTPS, watched and scaled; without ingress a worker. */
export const apiService: Kind<ApiServiceSpec, ApiServiceStatus, Aws> = {
  kind: 'ApiService',
  types: [
    Key,
    Repository,
    LogGroup,
    Secret,
    Role,
    LogBucket,
    LoadBalancer,
    TargetGroup,
    Listener,
    WebAcl,
    Cluster,
    TaskDefinition,
    Service,
    ScalableTarget,
    Topic,
    Alarm,
    Dashboard,
  ],
  parts: {
    ImageReady: ['repository'],
    SecretsReady: ['key', 'secret-'],
    IngressReady: ['access-logs', 'load-balancer-', 'target-group-', 'listener-', 'web-acl'],
    ServiceReady: ['cluster', 'execution-role', 'logs', 'scaling', 'service', 'task-definition', 'task-role'],
    MonitoringReady: ['alarm-', 'dashboard', 'topic'],
  },
  sleeps: true,
  check: checkApiService,

  build(spec, graph) {
    const { place } = graph;
    const network = networkOf(graph, spec);
    const database = databaseOf(graph, spec);
    const image = addImage(graph, spec);
    const logs = addLogGroup(graph, spec);
    const key = keyOf(graph, spec, database);
    const secrets = addSecrets(graph, spec, key);
    const roles = addRoles(graph, spec, {
      image,
      logGroupArn: logs.ref('arn'),
      atStart: readAtStart(place, spec, key, database),
      byProgram: readByProgram(place, spec, key, database),
    });
    const ingress = addIngress(graph, spec, network);
    const cluster = addCluster(graph, spec);
    const taskDefinition = addTaskDefinition(graph, spec, {
      image,
      roles,
      logGroupName: logs.ref('name'),
      database,
      secrets: injectedSecrets(graph, spec, secrets),
      read: generatedOf(spec, secrets),
    });
    const service = addService(graph, spec, { cluster, taskDefinition, network, ingress });
    addScaling(graph, spec, { cluster, service, ingress });
    const topicArn = addTopic(graph, spec, key);
    const watched = watchedBy({ cluster, service, ingress, database, logs });
    const alarms = addAlarms(graph, spec, watched, topicArn);
    const dashboard = addDashboard(graph, spec, watched, alarms);
    return statusOf(spec, { cluster, service, image, ingress, secrets, topicArn, dashboard });
  },
};

import type { OtherObjects, SpecFault } from '../../controller/engine/kind.ts';
import { checkAlarms } from './checks/alarms.ts';
import { checkAutoscaling } from './checks/autoscaling.ts';
import { checkCapacityProviders } from './checks/capacity-providers.ts';
import { checkContainer } from './checks/container.ts';
import { checkDeployment } from './checks/deployment.ts';
import { checkEnvironment } from './checks/environment.ts';
import { checkExecuteCommand } from './checks/execute-command.ts';
import { checkHealthChecks } from './checks/health-checks.ts';
import { checkImage } from './checks/image.ts';
import { checkIngress } from './checks/ingress.ts';
import { checkLogs } from './checks/logs.ts';
import { checkOwnedSecrets } from './checks/owned-secrets.ts';
import { checkPermissions } from './checks/permissions.ts';
import { checkReferences } from './checks/references.ts';
import { checkSecretReferences } from './checks/secret-references.ts';
import { checkSidecars } from './checks/sidecars.ts';
import { checkTaskSize } from './checks/task-size.ts';
import { checkWaf } from './checks/waf.ts';
import type { ApiServiceSpec } from './spec.ts';

/** What AWS would refuse, or what would do something else than it seems to say. */
export function checkApiService(spec: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  return [
    ...checkReferences(spec, others),
    ...checkImage(spec, others),
    ...checkTaskSize(spec),
    ...checkContainer(spec),
    ...checkExecuteCommand(spec),
    ...checkEnvironment(spec),
    ...checkSidecars(spec),
    ...checkOwnedSecrets(spec, others),
    ...checkSecretReferences(spec, others),
    ...checkAutoscaling(spec),
    ...checkCapacityProviders(spec),
    ...checkDeployment(spec),
    ...checkHealthChecks(spec),
    ...checkIngress(spec, others),
    ...checkWaf(spec),
    ...checkLogs(spec, others),
    ...checkPermissions(spec),
    ...checkAlarms(spec, others),
  ];
}

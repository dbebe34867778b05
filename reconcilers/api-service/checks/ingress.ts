import type { OtherObjects, SpecFault } from '../../../controller/engine/kind.ts';
import type { ApiServiceSpec } from '../spec.ts';
import { durationFault } from './duration.ts';
import { placeOf } from './place.ts';

/** Limits of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html and edit-target-group-attributes.html */
export function checkIngress({ ingress }: ApiServiceSpec, others: OtherObjects): readonly SpecFault[] {
  if (ingress === undefined) return [];
  const { certificateArn, deregistrationDelay, idleTimeout } = ingress;
  const message = certificateArn === undefined ? undefined : certificateFault(certificateArn, others);
  return [
    ...(message === undefined ? [] : [{ path: ['ingress', 'certificateArn'], message }]),
    ...durationFault(['ingress', 'deregistrationDelay'], deregistrationDelay, [0, 3600]),
    ...durationFault(['ingress', 'idleTimeout'], idleTimeout, [1, 4000]),
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html */
function certificateFault(arn: string, { environment }: OtherObjects): string | undefined {
  const place = placeOf(environment);
  if (place === undefined) return undefined;
  const [, , , region = '', account = ''] = arn.split(':');
  if (region !== place.region)
    return `the certificate is in ${region}, but a load balancer in ${place.region} needs one of that region`;
  if (account === place.account) return undefined;
  return `the certificate is in account ${account}, but the Environment's is ${place.account}`;
}

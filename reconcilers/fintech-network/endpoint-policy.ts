import type { Place } from '../../controller/engine/graph.ts';
import { partitionOf } from '../aws/partition.ts';
import type { PolicyDocument, PolicyStatement } from '../aws/policy-document.ts';
import type { EndpointAccess } from './spec.ts';

/**
 * What may pass an endpoint. With `Account` nobody can carry data out of the network through it with credentials
 * of another account. Gateway endpoints know an account's principals only by the condition, not by `Principal`:
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy(access: EndpointAccess, service: string, place: Place): PolicyDocument {
  if (access === 'Any') return policyOf(everything);
  const ownAccount: PolicyStatement = {
    Sid: 'OwnAccount',
    ...everything,
    Condition: { StringEquals: { 'aws:PrincipalAccount': place.account } },
  };
  return service === 's3' ? policyOf(ownAccount, imageLayers(place)) : policyOf(ownAccount);
}

/** As AWS's own policy of an endpoint for which none is given. */
const everything: PolicyStatement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

/**
 * ECR keeps the layers of images in a bucket of its own and has clients fetch them with its own signature:
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
function imageLayers({ region }: Place): PolicyStatement {
  return {
    Sid: 'ImageLayers',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:${partitionOf(region).name}:s3:::prod-${region}-starport-layer-bucket/*`,
  };
}

function policyOf(...statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

import type { Graph, Place } from '../../controller/engine/graph.ts';
import { text, type Input, type Ref } from '../../controller/engine/ref.ts';
import type { Aws } from '../aws/cloud.ts';
import { partitionOf } from '../aws/partition.ts';
import type { OwnedSecrets } from './secrets.ts';
import type { ApiServiceSpec, SecretReference } from './spec.ts';

/** The values of `container.secrets` as ECS takes them: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
export function injectedSecrets(
  graph: Graph<Aws>,
  { container }: ApiServiceSpec,
  owned: OwnedSecrets,
): Readonly<Record<string, Input<string>>> {
  return Object.fromEntries(
    Object.entries(container.secrets).map(([variable, reference]) => [
      variable,
      valueFrom(reference, arnOf(graph.place, reference, owned)),
    ]),
  );
}

/** How policies name a secret whatever Secrets Manager adds to its name: six characters of its own. */
export function secretArnPattern(place: Place, secretName: string): string {
  return isArn(secretName) ? secretName : `${arnOfName(place, secretName)}-??????`;
}

/**
 * Of what is owned the whole ARN, which tasks wait for; of the database's the name alone, by which AWS finds it as well:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
function arnOf(place: Place, { secretName }: SecretReference, owned: OwnedSecrets) {
  if (isArn(secretName)) return secretName;
  return owned.get(secretName)?.ref('arn') ?? arnOfName(place, secretName);
}

function valueFrom({ key }: SecretReference, arn: string | Ref<string>): Input<string> {
  return key === undefined ? text`${arn}` : text`${arn}:${key}::`;
}

function arnOfName({ account, region }: Place, name: string): string {
  return `arn:${partitionOf(region).name}:secretsmanager:${region}:${account}:secret:${name}`;
}

function isArn(secretName: string): boolean {
  return secretName.startsWith('arn:');
}

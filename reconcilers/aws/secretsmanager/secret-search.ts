import { ownerTag } from '../../../controller/engine/ownership.ts';
import type { OwnerQuery } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { SharedRead } from '../shared-read.ts';
import { isPerhapsOutdated, rememberDescription } from './recent-writes.ts';
import { describeSecret, isEmpty, listDescriptions, type SecretDescription } from './secret-description.ts';

/** Several types look at secrets, in the same pass as a rule. */
const lists = new SharedRead((aws) => listDescriptions(aws));
const descriptions = new SharedRead(describeNow);

/** All at once by their tags; one by one only what that may not show. */
export async function findSecrets(
  aws: Aws,
  queries: readonly OwnerQuery[],
  isMeant: (secret: SecretDescription) => boolean,
): Promise<readonly SecretDescription[]> {
  const listed = await lists.of(aws, 'all');
  const asked = new Set(queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]));
  const owners = new Set(queries.map(({ owner }) => owner));
  const doubtful = new Set(asked);
  const certain: SecretDescription[] = [];
  for (const secret of listed) {
    const { name, arn, tags } = secret;
    doubtful.delete(name);
    doubtful.delete(arn);
    if (!asked.has(name) && !asked.has(arn) && !owners.has(tags[ownerTag] ?? '')) continue;
    // Who waits for a value need not wait for the list as well.
    if (isPerhapsOutdated(aws, secret) || isEmpty(secret)) doubtful.add(arn);
    else certain.push(secret);
  }
  const described = await Promise.all([...doubtful].map((id) => descriptions.of(aws, id)));
  // A secret can be asked for by its name and by its ARN.
  const found = new Map(
    [...certain, ...described].flatMap((secret) => (secret === undefined ? [] : [[secret.arn, secret]])),
  );
  return [...found.values()].filter(isMeant);
}

async function describeNow(aws: Aws, id: string): Promise<SecretDescription | undefined> {
  const askedAt = aws.clock.now();
  const secret = await describeSecret(aws, id);
  if (secret !== undefined) rememberDescription(aws, secret, askedAt);
  return secret;
}

import {
  paginateDescribeTargetGroups,
  type TargetGroup as SdkTargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotFound } from '../../../controller/engine/errors.ts';
import type { Observed, OwnerQuery, Tags } from '../../../controller/engine/resource-type.ts';
import type { Aws } from '../cloud.ts';
import { claimsOn } from '../identity.ts';
import { collect } from '../pages.ts';
import { fullNameIn } from './arn.ts';
import { PAGE_SIZE } from './limits.ts';
import { describeRouting } from './target-group-attributes.ts';
import type { TargetGroupOutputs, TargetGroupSpec, TargetHealthCheck } from './target-group-spec.ts';
import { elbTags, tagsInIndex } from './tags.ts';

type ObservedTargetGroup = Observed<TargetGroupSpec, TargetGroupOutputs>;

/** Target groups by their names, by what was seen before and by their tags; the names decide nothing, the tags do. */
export async function listTargetGroups(
  aws: Aws,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTargetGroup[]> {
  // All there are: asked for by name, one that is missing would hide the others.
  const [indexed, all] = await Promise.all([
    tagsInIndex(aws, 'targetgroup', queries),
    describeTargetGroups(aws),
  ]);
  const meant = new Set(queries.flatMap(({ names, known }) => [...names.values(), ...known.values()]));
  const found = await Promise.all(
    all
      .filter(({ TargetGroupArn: arn = '', TargetGroupName: name = '' }) =>
        [arn, name].some((each) => meant.has(each) || indexed.has(each)),
      )
      .map((item) => observe(aws, item, indexed, queries)),
  );
  return found.flat();
}

async function describeTargetGroups({ elb: client }: Aws): Promise<readonly SdkTargetGroup[]> {
  const pages = paginateDescribeTargetGroups({ client }, { PageSize: PAGE_SIZE });
  return collect(pages, (page) => page.TargetGroups);
}

/** Nothing if it goes while it is looked at, or is not of these owners. */
async function observe(
  aws: Aws,
  item: SdkTargetGroup,
  indexed: ReadonlyMap<string, Tags>,
  queries: readonly OwnerQuery[],
): Promise<readonly ObservedTargetGroup[]> {
  const arn = item.TargetGroupArn ?? '';
  const name = item.TargetGroupName ?? '';
  try {
    const tags = await elbTags.of(aws, arn, indexed.get(arn));
    const claims = claimsOn(arn, tags, queries);
    if (claims.length === 0) return [];
    const spec = {
      name,
      protocol: item.Protocol ?? 'HTTP',
      port: item.Port ?? 0,
      vpcId: item.VpcId ?? '',
      targetType: item.TargetType ?? 'instance',
      healthCheck: healthCheckOf(item),
      ...(await describeRouting(aws, arn)),
    } as const;
    const outputs = { arn, name, fullName: fullNameIn(arn) };
    return claims.map((claim) => ({ ...claim, id: arn, state: 'ready', spec, outputs, tags }));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

function healthCheckOf(item: SdkTargetGroup): TargetHealthCheck {
  return {
    protocol: item.HealthCheckProtocol ?? 'HTTP',
    port: item.HealthCheckPort ?? 'traffic-port',
    path: item.HealthCheckPath ?? '/',
    intervalSeconds: item.HealthCheckIntervalSeconds ?? 30,
    timeoutSeconds: item.HealthCheckTimeoutSeconds ?? 5,
    healthyThreshold: item.HealthyThresholdCount ?? 5,
    unhealthyThreshold: item.UnhealthyThresholdCount ?? 2,
    successCodes: item.Matcher?.HttpCode ?? '',
  };
}

import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** Classes that the engine runs on and that the other fields allow. */
export function checkInstanceClass(spec: LedgerDatabaseSpec): readonly SpecFault[] {
  const message = faultOf(spec);
  return message === undefined ? [] : [{ path: ['instanceClass'], message }];
}

function faultOf({ engine, instanceClass, dataApi }: LedgerDatabaseSpec): string | undefined {
  if (instanceClass === 'db.serverless')
    return 'db.serverless is not offered here; name a class of a size, like db.r6g.large';
  if (engine === 'postgres') return undefined;
  const isBurstable = instanceClass.startsWith('db.t');
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
  if (isBurstable && !/^db\.t(3|4g)\.(medium|large)$/.test(instanceClass))
    return `Aurora PostgreSQL does not run on ${instanceClass}; of the burstable classes it takes t3 and t4g, medium and large`;
  if (/^db\.m\d/.test(instanceClass))
    return `Aurora PostgreSQL does not run on ${instanceClass}; it takes r, x and t classes`;
  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/data-api.limitations.html
  if (isBurstable && dataApi) return `the Data API does not work on ${instanceClass}; set dataApi: false`;
  return undefined;
}

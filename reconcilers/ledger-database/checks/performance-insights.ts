import type { SpecFault } from '../../../controller/engine/kind.ts';
import type { LedgerDatabaseSpec } from '../spec.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const retentions = [7, ...Array.from({ length: 23 }, (_, month) => (month + 1) * 31), 731];

/**
 * What Performance Insights keeps. PostgreSQL has it on every class of instances, the small ones too:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
 */
export function checkPerformanceInsights({ performanceInsights }: LedgerDatabaseSpec): readonly SpecFault[] {
  if (performanceInsights === undefined) return [];
  const { retentionDays: days } = performanceInsights;
  if (retentions.includes(days)) return [];
  const nearest = [
    retentions.findLast((retention) => retention < days),
    retentions.find((retention) => retention > days),
  ].filter((retention) => retention !== undefined);
  const message = `Performance Insights does not keep ${days} days; the nearest that it does: ${nearest.join(', ')}`;
  return [{ path: ['performanceInsights', 'retentionDays'], message }];
}

import { memoryMiBOf } from './class-memory.ts';

const MIB = 2 ** 20;

/**
 * How many connections PostgreSQL takes on an instance of a class where no parameter says it; 0 for a class whose
 * memory is not known. RDS and Aurora calculate it alike, `LEAST({DBInstanceClassMemory/9531392},5000)`:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html
 */
export function defaultMaxConnections(instanceClass: string): number {
  const memory = memoryMiBOf(instanceClass) * MIB;
  return memory === 0 ? 0 : Math.min(Math.floor(availableOf(memory) / 9_531_392), 5_000);
}

/**
 * DBInstanceClassMemory: what the operating system and RDS leave of the nominal memory. AWS does not publish it. This
 * much less comes within a few percent of the connections that the page about Aurora lists, and rather below them.
 */
function availableOf(memory: number): number {
  return memory * 0.92 - 200 * MIB;
}

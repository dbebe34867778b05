/** What Aurora has and one instance has not, left out of the database of the contract. */
export const oneInstance = {
  engine: 'postgres',
  instanceClass: 'db.m6g.large',
  readers: undefined,
  readerAutoscaling: undefined,
  dataApi: undefined,
  storage: { allocatedGiB: 100, maxGiB: 200 },
  multiAz: true,
  maintenanceWindow: 'Sun:05:00-Sun:06:00',
};

/** Neither cache nor tables, for what is about the database. */
export const onlyDatabase = { cache: undefined, tables: [] };

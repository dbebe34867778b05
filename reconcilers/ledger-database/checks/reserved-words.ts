/**
 * Words that SQL keeps for itself in PostgreSQL: https://www.postgresql.org/docs/16/sql-keywords-appendix.html, those
 * that are `reserved` there, also where they can be a function or type.
 */
const keywords = new Set(
  [
    'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation',
    'column concurrently constraint create cross current_catalog current_date current_role current_schema',
    'current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for',
    'foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral',
    'leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps',
    'placing primary references returning right select session_user similar some symmetric system_user table',
    'tablesample then to trailing true union unique user using variadic verbose when where window with',
  ].flatMap((line) => line.split(' ')),
);

/** What AWS itself has in a database: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html */
const ofAws = new Set(['admin', 'rdsadmin', 'rdsrepladmin', 'rdstopmgr', 'rdswriteforwarduser']);

/** Roles that exist, or may one day: https://www.postgresql.org/docs/16/sql-createrole.html */
const ofRoles = new Set(['none', 'public']);

/** https://www.postgresql.org/docs/16/manage-ag-templatedbs.html */
const ofDatabases = new Set(['template0', 'template1']);

/** Why nobody can have this name, as a verb phrase. */
export function reservedForUsers(name: string): string | undefined {
  const word = name.toLowerCase();
  if (/^(pg|rds)_/.test(word))
    return `begins with ${word.slice(0, word.indexOf('_') + 1)}, as roles of the system do`;
  return ofRoles.has(word) ? 'is a reserved word' : reservedForAll(word);
}

/** Why no database can have this name, as a verb phrase. */
export function reservedForDatabases(name: string): string | undefined {
  const word = name.toLowerCase();
  return ofDatabases.has(word) ? 'is a database of PostgreSQL itself' : reservedForAll(word);
}

function reservedForAll(word: string): string | undefined {
  return keywords.has(word) || ofAws.has(word) ? 'is a reserved word' : undefined;
}

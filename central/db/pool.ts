import { Pool, types } from 'pg';
import type { Logger } from 'pino';

const bigintType = 20;

/** Every bigint of ours is an instant, a revision or a count: far below 2^53. */
const ourTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === bigintType ? Number : types.getTypeParser(oid, format as 'text')) as typeof types.getTypeParser,
};

export function createPool(databaseUrl: string, log: Logger, max = 16): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    types: ourTypes,
    application_name: 'xianyou-central',
    statement_timeout: 120_000,
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that the database closes is replaced by the next request; unheard, the event would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error }, 'a database connection was lost');
  });
  return pool;
}

import pg from 'pg';

/**
 * Connections that are replaced when they are lost. Whoever uses one at that moment is told by the query that fails; without a listener the
 * loss would end the process, of idle connections and of those that are in use alike.
 * @param max how many at a time
 */
export function openPool(url: string, max: number, { onProblem = () => undefined, ...more }: pg.PoolConfig & { onProblem?: (error: unknown) => void } = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, ...more });
  pool.on('error', onProblem);
  pool.on('connect', (client) => client.on('error', onProblem));
  return pool;
}

import pg from 'pg';

/** Of the time between two statements of a transaction: a process that stands still in one, as in a paused machine, must hold its rows from nobody. */
const standstillMs = 10_000;

/** Not as a parameter of the connection, which poolers such as PgBouncer refuse. The pool waits for it, which its types don't say. */
const onConnect: (client: pg.ClientBase) => unknown = (client) => client.query(`SET idle_in_transaction_session_timeout = ${standstillMs}`);

/**
 * Connections that are replaced when they are lost. Whoever uses one at that moment is told by the query that fails; without a listener the
 * loss would end the process, of idle connections and of those that are in use alike.
 * @param max how many at a time
 */
export function openPool(url: string, max: number, { onProblem = () => undefined, ...more }: pg.PoolConfig & { onProblem?: (error: unknown) => void } = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, onConnect, ...more });
  pool.on('error', onProblem);
  pool.on('connect', (client) => client.on('error', onProblem));
  return pool;
}

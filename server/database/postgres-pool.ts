import pg from 'pg';

/** Of the time between two statements of a transaction: a process that stands still in one, as in a paused machine, must hold its rows from nobody. */
const standstillMs = 10_000;

/** Not as a parameter of the connection, which poolers such as PgBouncer refuse. The pool waits for it, which its types don't say. */
const onConnect: (client: pg.ClientBase) => unknown = (client) => client.query(`SET idle_in_transaction_session_timeout = ${standstillMs}`);

/** How long a plan is kept. One that was made for a table with few rows reads it whole, and PostgreSQL keeps it until the table is analysed: a minute later, or never where that is switched off. */
const planForMs = 1_000;

/** Needs no answer: what is asked next comes after it on the same connection. */
function planAnew(onProblem: (error: unknown) => void): (client: pg.ClientBase) => void {
  const plannedAt = new WeakMap<pg.ClientBase, number>();
  return (client) => {
    const now = performance.now();
    const before = plannedAt.get(client);
    if (before !== undefined && now - before < planForMs) return;
    plannedAt.set(client, now);
    if (before !== undefined) client.query('DISCARD PLANS').catch(onProblem);
  };
}

/**
 * Connections that are replaced when they are lost. Whoever uses one at that moment is told by the query that fails; without a listener the
 * loss would end the process, of idle connections and of those that are in use alike.
 * @param max how many at a time
 */
export function openPool(url: string, max: number, { onProblem = () => undefined, ...more }: pg.PoolConfig & { onProblem?: (error: unknown) => void } = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, onConnect, ...more });
  pool.on('error', onProblem);
  pool.on('connect', (client) => client.on('error', onProblem));
  pool.on('acquire', planAnew(onProblem));
  return pool;
}

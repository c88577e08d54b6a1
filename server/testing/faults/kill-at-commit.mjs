// Loaded into a server process before the product. On SIGUSR2 it reads from the file KILL_PLAN which commit of an execution's progress to die at,
// counted from then on: `before` the database has it, or `after`, when it is stored and nobody has been told.
import { readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

// What only keeps a lease alive is no progress.
const progress = /^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\S*(execution|step_execution)\b(?!\S*\s+SET lease_expires_at)|INSERT INTO\s+\S*execution_(event|signal)/i;

let plan;
let commits = 0;

process.on('SIGUSR2', () => {
  plan = JSON.parse(readFileSync(process.env.KILL_PLAN, 'utf8'));
  commits = 0;
  process.stdout.write('armed\n');
});

const die = () => process.kill(process.pid, 'SIGKILL');
const isTheOne = () => plan !== undefined && ++commits === plan.at;

const prepare = Sqlite.prototype.prepare;
let dirty = false;
Sqlite.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  const noticing = (name) => {
    const original = statement[name];
    statement[name] = (...args) => {
      dirty = true;
      return original.apply(statement, args);
    };
  };
  if (progress.test(sql)) ['run', 'all', 'get'].forEach(noticing);
  if (/^\s*COMMIT\b/i.test(sql)) {
    const run = statement.run;
    statement.run = (...args) => {
      const chosen = dirty && isTheOne();
      dirty = false;
      if (chosen && plan.when === 'before') die();
      const result = run.apply(statement, args);
      if (chosen) die();
      return result;
    };
  }
  return statement;
};

// A statement that inserts with `WITH` outside a transaction is a commit by itself.
const isCommit = (sql) => /^\s*(COMMIT\b|WITH owner AS)/i.test(sql);

const query = pg.Client.prototype.query;
const dirtyClients = new WeakSet();
pg.Client.prototype.query = function (config, ...rest) {
  const sql = typeof config === 'string' ? config : (config?.text ?? '');
  if (progress.test(sql)) dirtyClients.add(this);
  if (!isCommit(sql)) return query.call(this, config, ...rest);
  const chosen = dirtyClients.delete(this) && isTheOne();
  if (!chosen) return query.call(this, config, ...rest);
  if (plan.when === 'before') die();
  const told = rest.at(-1);
  // A pool is told by a callback, others by a promise.
  if (typeof told === 'function') return query.call(this, config, ...rest.slice(0, -1), die);
  return query.call(this, config, ...rest).then(die);
};

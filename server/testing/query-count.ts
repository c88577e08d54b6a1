import { type Database } from '../database/database.js';

/** The same database, counting the queries that are made through `prisma` and `read`; each is a fixed number of SQL statements, however much it reads. */
export function countQueries(database: Database): { database: Database; count: () => number } {
  let queries = 0;
  const counted = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, key) => {
        const member: unknown = Reflect.get(from, key);
        if (typeof member === 'function') {
          return (...args: unknown[]): unknown => {
            queries++;
            return member.apply(from, args);
          };
        }
        return typeof member === 'object' && member !== null ? counted(member) : member;
      },
    });
  const read: Database['read'] = (sql, params) => {
    queries++;
    return database.read(sql, params);
  };
  return { database: { ...database, prisma: counted(database.prisma), read }, count: () => queries };
}

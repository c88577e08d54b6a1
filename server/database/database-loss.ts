import { z } from 'zod';
import { isBusy } from './sqlite-busy.js';

/**
 * PostgreSQL's classes 08 (connection) and 53 (resources); 57P01 to 57P03: it is stopping, has crashed or is starting; 25P03: this process stood still in
 * a transaction for too long; 40001 and 40P01: the transaction was undone for another's sake (its manual, appendix A).
 */
const serverStates = /^(08...|53...|57P0[1-3]|25P03|40001|40P01)$/;
/** Of Prisma: not reached, timed out, no connection to be had, closed by the server. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']);
const systemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const adapterKinds = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout', 'TooManyConnections']);
/** `pg` gives these no code. */
const driverMessages = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Cannot use a pool after)/;

const text = z.string().catch('');
const errorSchema = z.object({
  code: text,
  kind: text,
  message: text,
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).catch([]),
  meta: z.object({ driverAdapterError: z.unknown().optional() }).optional().catch(undefined),
});

/**
 * Whether a statement failed because the database was not there for it: the connection broke, none was to be had, the server is going down or coming
 * up, or it gave way to another transaction. What was asked may have been done or not. The same may well succeed a moment later.
 */
export function isDatabaseLoss(error: unknown): boolean {
  if (isBusy(error)) return true;
  const known = errorSchema.safeParse(error).data;
  if (!known) return false;
  const { code, kind, message, cause, errors, meta } = known;
  if (prismaCodes.has(code) || systemCodes.has(code) || serverStates.test(code) || adapterKinds.has(kind) || driverMessages.test(message)) return true;
  return [cause, meta?.driverAdapterError, ...errors].some((inner) => inner !== undefined && isDatabaseLoss(inner));
}

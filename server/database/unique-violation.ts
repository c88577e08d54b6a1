import { Prisma } from './generated/sqlite/client.js';

/** Whether a statement failed because a row with the same unique values exists, or came first. */
export function isUniqueViolation(error: unknown): boolean {
  // The clients of both engines throw the same class.
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

import { type Connection } from '../schema/connection.js';
import { InvalidInputError } from './errors.js';
import { isId } from './input.js';

/** A request for one page of a list that is ordered by descending id, which for our time-ordered ids is newest first. */
export interface PageRequest {
  first: number;
  after?: string | null | undefined;
}

const largestPage = 100;

/**
 * What a store asks the database for.
 * @throws InvalidInputError for a page size outside 1 to 100 or a cursor that is none of ours
 */
export function pageQuery({ first, after }: PageRequest): { take: number; where: { id?: { lt: string } }; orderBy: { id: 'desc' } } {
  return { take: rowsToRead(first), where: after ? { id: { lt: idOfCursor(after) } } : {}, orderBy: { id: 'desc' } };
}

/**
 * One row more than the page, so that `hasNextPage` costs no count.
 * @throws InvalidInputError for a page size outside 1 to 100
 */
export function rowsToRead(first: number): number {
  if (first < 1 || first > largestPage) {
    throw new InvalidInputError([{ field: 'first', message: `Ask for 1 to ${largestPage} at a time.` }]);
  }
  return first + 1;
}

/** The page made from the rows that `pageQuery` asked for. */
export function toConnection<Row extends { id: string }, Node>(rows: readonly Row[], { first }: PageRequest, toNode: (row: Row) => Node): Connection<Node> {
  const edges = rows.slice(0, first).map((row) => ({ cursor: cursorOf(row.id), node: toNode(row) }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function cursorOf(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!isId(id)) throw new InvalidInputError([{ field: 'after', message: 'This is not a cursor that a list returned.' }]);
  return id;
}

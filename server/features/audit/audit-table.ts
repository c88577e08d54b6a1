import { type AuditEntryRecord } from './audit.types.js';

const columns = [
  'id', 'at', 'actorType', 'actorId', 'actorName', 'action', 'subjectType', 'subjectId', 'subjectName', 'outcome', 'code', 'address', 'userAgent', 'requestId', 'executionId',
  'deliveryId', 'before', 'after',
] as const satisfies (keyof AuditEntryRecord)[];

export const auditFormats = ['csv', 'jsonl'] as const;
export type AuditFormat = (typeof auditFormats)[number];

/** The log as text for other programs, a piece for each page of entries. */
export async function* auditText(format: AuditFormat, pages: AsyncIterable<readonly AuditEntryRecord[]>): AsyncGenerator<string, void, undefined> {
  if (format === 'csv') yield lineOf(columns);
  for await (const page of pages) yield page.map(format === 'csv' ? toCsv : toJson).join('');
}

function toJson(entry: AuditEntryRecord): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, entry[column]])))}\n`;
}

function toCsv(entry: AuditEntryRecord): string {
  return lineOf(columns.map((column) => textOf(entry[column])));
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Spreadsheets take for a formula what begins like one, and names are given by anybody. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

import { type AuditPath } from '../../graphql/audited.js';

export interface Told {
  args: Readonly<Record<string, unknown>>;
  result?: unknown;
}

/** What stands at a declared path; undefined where nothing does. */
export function valueAt(path: AuditPath, told: Told): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), { ...told });
}

/** The ids that stand there: one, or those of a list. */
export function idsAt(path: AuditPath, told: Told): string[] {
  const value = valueAt(path, told);
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  return ids.filter((id) => typeof id === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

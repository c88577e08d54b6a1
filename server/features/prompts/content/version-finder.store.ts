import { type Database } from '../../../database/database.js';
import { type PromptReference, type ReferenceKind, targetOf } from './reference.js';
import { parseVersion } from '../history/semver.js';
import { type PromptVersionRecord, readVersion, versionColumns, type VersionRow } from './version-row.js';

interface FoundRow extends VersionRow {
  place: number;
}

/** How a prompt leads to the version that is wanted of it, `at` being where a part of what the reference says stands in the statement. */
const joins: Record<ReferenceKind, (join: string, at: (part: string) => string) => string> = {
  label: (join, at) => `${join} prompt_label l ON l.prompt_id = p.id AND l.name = ${at('at')} ${join} prompt_version v ON v.id = l.version_id`,
  branch: (join, at) => `${join} prompt_branch b ON b.prompt_id = p.id AND b.name = ${at('at')} ${join} prompt_version v ON v.id = b.head_version_id`,
  version: (join, at) => `${join} prompt_version v ON v.prompt_id = p.id AND v.major = ${at('major')} AND v.minor = ${at('minor')} AND v.patch = ${at('patch')}`,
};

/** Where a prompt is asked for at what it does not have: what it has instead. */
export interface Choices {
  labels: string[];
  branches: string[];
}

export class VersionFinderStore {
  constructor(private readonly database: Database) {}

  /** The versions in the order of the references, each undefined where there is none. One statement. */
  async find(workspaceId: string, references: readonly PromptReference[]): Promise<(PromptVersionRecord | undefined)[]> {
    const [first] = references;
    if (!first) return [];
    const rows = references.length === 1 ? await this.findOne(workspaceId, first) : await this.findMany(workspaceId, references);
    const found = new Map(rows.map((row) => [row.place, row]));
    return references.map((_, place) => {
      const row = found.get(place);
      return row && readVersion(row);
    });
  }

  /** @returns undefined where there is no prompt at the path */
  async choices(workspaceId: string, path: string): Promise<Choices | undefined> {
    const prompt = await this.database.prisma.prompt.findFirst({
      where: { workspaceId, path },
      select: {
        labels: { select: { name: true }, orderBy: { name: 'asc' } },
        branches: { select: { name: true }, where: { archivedAt: null }, orderBy: { id: 'asc' } },
      },
    });
    return prompt ? { labels: prompt.labels.map(({ name }) => name), branches: prompt.branches.map(({ name }) => name) } : undefined;
  }

  /** What callers do all day, so it is as little work as can be. */
  private findOne(workspaceId: string, reference: PromptReference): Promise<FoundRow[]> {
    const { path, kind, at } = targetOf(reference);
    const join = joins[kind]('JOIN', () => '?');
    const sql = `SELECT 0 AS place, ${versionColumns} FROM prompt p ${join} WHERE p.workspace_id = ? AND p.path = ?`;
    const wanted = kind === 'version' ? numbersOf(at) : [at];
    return this.database.read<FoundRow>(sql, [...wanted, workspaceId, path]);
  }

  private findMany(workspaceId: string, references: readonly PromptReference[]): Promise<FoundRow[]> {
    const wanted = references.map((reference, place) => {
      const { path, kind, at } = targetOf(reference);
      const [major = 0, minor = 0, patch = 0] = kind === 'version' ? numbersOf(at) : [];
      return { place, path, kind, at, major, minor, patch };
    });
    return this.database.read<FoundRow>(this.manySql(), [JSON.stringify(wanted), workspaceId, workspaceId, workspaceId]);
  }

  private manySql(): string {
    // SQLite would begin with every prompt of the workspace; CROSS JOIN keeps it to the order as written.
    const join = this.database.engine === 'sqlite' ? 'CROSS JOIN' : 'JOIN';
    const selects = (['label', 'branch', 'version'] as const).map(
      (kind) => `SELECT w.place, ${versionColumns} FROM wanted w ${join} prompt p ON p.workspace_id = ? AND p.path = w.path ${joins[kind](join, (part) => `w.${part}`)} WHERE w.kind = '${kind}'`,
    );
    return `WITH wanted AS (${this.wantedSql()}) ${selects.join(' UNION ALL ')}`;
  }

  /** The references, which travel as one JSON text, as rows. */
  private wantedSql(): string {
    const parts = { place: 'integer', path: 'text', kind: 'text', at: 'text', major: 'integer', minor: 'integer', patch: 'integer' };
    if (this.database.engine === 'postgres') {
      const types = Object.entries(parts).map(([part, type]) => `${part} ${type}`);
      return `SELECT * FROM json_to_recordset(?::json) AS wanted(${types.join(', ')})`;
    }
    return `SELECT ${Object.keys(parts).map((part) => `value ->> '${part}' AS ${part}`).join(', ')} FROM json_each(?)`;
  }
}

function numbersOf(version: string): number[] {
  const { major, minor, patch } = parseVersion(version);
  return [major, minor, patch];
}

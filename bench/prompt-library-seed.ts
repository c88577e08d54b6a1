import { type Database, type SqlSession, type SqlValue } from '../server/database/database.js';
import { hashOfContent, type PromptContent } from '../server/features/prompts/content/content.js';
import { SearchIndexStore } from '../server/features/prompts/library/search-index.store.js';
import { pathOfName } from '../server/features/prompts/path.js';

export interface LibrarySize {
  prompts: number;
  versionsEach: number;
}

const folders = 100;
const tags = 200;
const tagsEach = 3;
const vocabulary = 3_000;
const wordsAMessage = 100;
const batchSize = 5_000;
const labels = ['production', 'staging'];
const promptsABatch = 500;
const start = Date.UTC(2026, 0, 1);

interface Owner {
  workspaceId: string;
  userId: string;
}

/** What a prompt is fetched by. */
export interface SeededPrompt {
  path: string;
  label: string;
}

type Column = 'text' | 'integer' | 'timestamp';

/** Fills a workspace with prompts, each with a line of versions, two labels, tags and a folder, in bulk. The same ones each time. */
export async function seedPromptLibrary(database: Database, owner: Owner, size: LibrarySize): Promise<SeededPrompt[]> {
  const seed = new Seed(owner, size);
  for (let index = 0; index < folders; index++) seed.addFolder(index);
  const prompts: SeededPrompt[] = [];
  for (let index = 0; index < size.prompts; index++) {
    prompts.push(seed.addPrompt(index));
    if (index % promptsABatch === 0) await seed.tables.write(database);
  }
  await seed.tables.write(database);
  await new SearchIndexStore(database).indexMissing();
  if (database.engine === 'postgres') await settle(database);
  return prompts;
}

/** What PostgreSQL does by itself a while after so many rows. */
async function settle(database: Database): Promise<void> {
  await database.write(async (sql) => {
    await sql.run("SELECT gin_clean_pending_list('prompt_search_words_idx')");
    await sql.run('ANALYZE');
  });
}

class Seed {
  readonly tables = new BulkTables();
  private readonly random = randomNumbers(4);
  private readonly words = Array.from({ length: vocabulary }, () => inventWord(this.random));

  constructor(
    private readonly owner: Owner,
    private readonly size: LibrarySize,
  ) {}

  addFolder(index: number): void {
    const parents = folders / 10;
    const parent_id = index < parents ? null : idOf('f', index % parents);
    this.tables.add('prompt_folder', { ...this.mine, id: idOf('f', index), parent_id, name: `${this.say(1)} ${index}`, colour: 'BLUE', created_at: new Date(start) });
  }

  addPrompt(index: number): SeededPrompt {
    const { versionsEach } = this.size;
    const id = idOf('a', index);
    const name = `${this.say(3)} ${index}`;
    const path = pathOfName(name);
    const versions = Array.from({ length: versionsEach }, (_, number) => ({ id: idOf('b', index * versionsEach + number), at: new Date(start + (index * versionsEach + number) * 60_000) }));
    const created_at = versions[0]?.at ?? new Date(start);
    const head = versions.at(-1) ?? { id: '', at: created_at };
    this.tables.add('prompt', { ...this.mine, id, path, name, description: this.say(12), kind: 'CHAT', folder_id: idOf('f', index % folders), created_at, updated_at: head.at });
    this.addVersions(id, versions);
    this.tables.add('prompt_branch', { ...this.mine, id: idOf('c', index), prompt_id: id, name: 'main', head_version_id: head.id, created_at });
    for (const [number, label] of labels.entries()) {
      const version_id = versions.at(number - labels.length)?.id ?? head.id;
      this.tables.add('prompt_label', { ...this.mine, id: idOf('d', index * labels.length + number), prompt_id: id, name: label, version_id, moved_by_id: this.owner.userId, moved_at: head.at });
    }
    for (let number = 0; number < tagsEach; number++) {
      this.tables.add('prompt_tag', { ...this.mine, prompt_id: id, name: `${this.words[(index * 7 + number * 61) % tags] ?? ''}${number}` });
    }
    return { path, label: labels[index % labels.length] ?? '' };
  }

  private addVersions(prompt_id: string, versions: readonly { id: string; at: Date }[]): void {
    const [system, user] = [`You are ${this.say(wordsAMessage)}.`, `Take {{ document }} and ${this.say(wordsAMessage)}.`];
    for (const [patch, { id, at }] of versions.entries()) {
      const content: PromptContent = {
        kind: 'CHAT',
        messages: [{ id: 'm1', role: 'SYSTEM', content: system }, { id: 'm2', role: 'USER', content: `${user} ${this.say(patch)}` }],
        variables: [{ name: 'document', type: 'TEXT', description: 'What to work on', required: true }],
        settings: { model: 'simulated/extract', temperature: 0.2 },
        tools: [],
      };
      const about = { message: this.say(5), author_id: this.owner.userId, content: JSON.stringify(content), content_hash: hashOfContent(content), created_at: at };
      this.tables.add('prompt_version', { ...this.mine, id, prompt_id, major: 1, minor: 0, patch, ...about });
      const parent = versions[patch - 1];
      if (parent) this.tables.add('prompt_version_parent', { version_id: id, position: 0, parent_id: parent.id });
    }
  }

  private get mine(): { workspace_id: string } {
    return { workspace_id: this.owner.workspaceId };
  }

  /** Few words are said often and most seldom. */
  private say(count: number): string {
    return Array.from({ length: count }, () => this.words[Math.floor(vocabulary * this.random() ** 3)] ?? '').join(' ');
  }
}

/** Rows that wait to be inserted together, in the order in which their tables were first named. */
class BulkTables {
  private readonly rows = new Map<string, { columns: Record<string, Column>; rows: SqlValue[][] }>();

  add(table: string, row: Record<string, SqlValue>): void {
    const known = this.rows.get(table);
    if (known) known.rows.push(Object.values(row));
    else this.rows.set(table, { columns: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, columnOf(value)])), rows: [Object.values(row)] });
  }

  async write(database: Database): Promise<void> {
    await database.write(async (sql: SqlSession) => {
      for (const [table, { columns, rows }] of this.rows) {
        for (let from = 0; from < rows.length; from += batchSize) await sql.insert({ table, columns }, rows.slice(from, from + batchSize));
      }
    });
    for (const { rows } of this.rows.values()) rows.length = 0;
  }
}

function columnOf(value: SqlValue): Column {
  if (value instanceof Date) return 'timestamp';
  return typeof value === 'number' ? 'integer' : 'text';
}

/** Ids in the order of their numbers, as those are that the product makes. */
function idOf(kind: string, number: number): string {
  return `01900000-000${kind}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

function inventWord(random: () => number): string {
  const syllable = () => `${'bcdfghklmnprstvw'[Math.floor(random() * 16)] ?? ''}${'aeiou'[Math.floor(random() * 5)] ?? ''}`;
  return Array.from({ length: 2 + Math.floor(random() * 3) }, syllable).join('');
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

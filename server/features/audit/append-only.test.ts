import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database } from '../../database/database.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { AuditStore } from './audit.store.js';

let database: Database;
let drop: () => Promise<void>;
let workspaceId: string;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
});
afterAll(() => drop());

async function withEntry(): Promise<string> {
  workspaceId = (await database.prisma.workspace.create({ data: { name: 'Works' } })).id;
  const event = { workspaceId, at: new Date(), actor: { type: 'SYSTEM', name: 'PromptPilot' }, action: 'test.run', outcome: 'DONE' } as const;
  await new AuditStore(database).write([{ events: [event] }]);
  return (await database.prisma.auditEntry.findFirstOrThrow({ where: { workspaceId } })).id;
}

const onSql = (sql: string, params: string[]) => database.write((session) => session.run(sql, params));

test('The database itself refuses to change, delete or replace an entry, whoever asks', async () => {
  const id = await withEntry();
  const changes = [
    () => database.prisma.auditEntry.update({ where: { id }, data: { actorName: 'Nobody' } }),
    () => database.prisma.auditEntry.deleteMany({ where: { workspaceId } }),
    () => onSql("UPDATE audit_entry SET outcome = 'REFUSED' WHERE id = ?", [id]),
    () => onSql('DELETE FROM audit_entry WHERE id = ?', [id]),
    ...(database.engine === 'sqlite'
      ? [() => onSql("INSERT OR REPLACE INTO audit_entry (id, workspace_id, at, actor_type, actor_name, action, outcome) VALUES (?, ?, 0, 'SYSTEM', 'Nobody', 'x', 'DONE')", [id, workspaceId])]
      : [() => database.write((session) => session.run('TRUNCATE audit_entry'))]),
  ];
  // Prisma gives what SQLite's trigger says another name.
  const said = await Promise.all(changes.map((change) => change().then(String, String)));
  expect(said).toEqual(changes.map(() => expect.stringMatching(/audit log|constraint/)));
  expect(await database.prisma.auditEntry.findMany({ where: { workspaceId } })).toMatchObject([{ id, actorName: 'PromptPilot', outcome: 'DONE' }]);
});

test('With its workspace the log goes', async () => {
  await withEntry();
  await database.prisma.workspace.delete({ where: { id: workspaceId } });
  expect(await database.prisma.auditEntry.count({ where: { workspaceId } })).toBe(0);
});

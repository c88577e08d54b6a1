import Database from 'better-sqlite3';
import { DemoApi } from '../demo/demo-api.js';
import { type Account, newAccount, signUpByApi } from './account.js';
import { type Product } from './product.js';

/** Somebody else, who edits in the workspace of whoever signed up first, or only reads there. People can’t be invited yet, so this is written where it will be kept. */
export async function secondPerson(product: Product, role: 'EDITOR' | 'VIEWER' = 'EDITOR'): Promise<Account> {
  const account = { ...newAccount(), name: 'Grace Hopper' };
  await signUpByApi(new DemoApi(product.url), account);
  const database = new Database(product.databaseFile);
  try {
    database
      .prepare("UPDATE membership SET role = ?, workspace_id = (SELECT workspace_id FROM membership ORDER BY created_at LIMIT 1) WHERE user_id = (SELECT id FROM user_account WHERE email = ?)")
      .run(role, account.email);
  } finally {
    database.close();
  }
  return account;
}

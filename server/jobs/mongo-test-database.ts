import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';

/** A database of its own on the server at MONGODB_URL, for one test. It is there once something is stored in it. */
export function mongoTestDatabase(): { url: string; drop: () => Promise<void> } {
  const server = process.env.MONGODB_URL;
  if (!server) throw new Error('Set MONGODB_URL to a MongoDB server that is a replica set, such as mongodb://127.0.0.1:27017/?replicaSet=rs0.');
  const url = new URL(server);
  url.pathname = `/promptpilot_test_${randomUUID().replaceAll('-', '')}`;
  const drop = async () => {
    const client = await MongoClient.connect(url.toString());
    await client.db().dropDatabase();
    await client.close();
  };
  return { url: url.toString(), drop };
}

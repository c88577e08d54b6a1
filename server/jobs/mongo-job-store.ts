import { MongoJobRepository } from '@agendajs/mongo-backend';
import { type Collection, MongoClient, ObjectId } from 'mongodb';
import { z } from 'zod';
import { StartupError } from '../errors.js';
import { type ClaimedJob, type JobStore } from './job-store.js';

const collectionName = 'agendaJobs';
const dataSchema = z.object({ key: z.string(), payload: z.unknown() });

interface JobDocument {
  name: string;
  nextRunAt: Date | null;
  lockedAt?: Date | null;
  failCount: number | null;
}

/** Keeps jobs in Agenda's own collection on MongoDB, in the database that the address names. */
export class MongoJobStore implements JobStore {
  private constructor(
    private readonly client: MongoClient,
    private readonly jobs: MongoJobRepository,
    private readonly documents: Collection<JobDocument>,
  ) {}

  /** @throws StartupError when MongoDB can't be reached */
  static async open(url: string): Promise<MongoJobStore> {
    // An option given here would win over the address.
    const client = new MongoClient(url, /[?&]serverSelectionTimeoutMS=/i.test(url) ? {} : { serverSelectionTimeoutMS: 5_000 });
    try {
      await client.connect();
      const jobs = new MongoJobRepository({ mongo: client.db(), db: { collection: collectionName } });
      await jobs.connect();
      const documents = client.db().collection<JobDocument>(collectionName);
      await documents.createIndexes([{ key: { name: 1, 'data.key': 1 } }, { key: { name: 1, lockedAt: 1 } }]);
      return new MongoJobStore(client, jobs, documents);
    } catch (error) {
      await client.close();
      const hosts = client.options.hosts.join(', ');
      const reason = error instanceof Error ? error.message : String(error);
      throw new StartupError(`MongoDB at ${hosts} can't be used (${reason}). Start it, or correct MONGODB_URL.`);
    }
  }

  async put(name: string, key: string, payload: unknown, dueAt: Date): Promise<void> {
    const unique = { 'data.key': key, lockedAt: null };
    await this.jobs.saveJob({ name, type: 'normal', priority: 0, data: { key, payload }, nextRunAt: dueAt, unique }, undefined);
  }

  async claim(name: string, lockMs: number): Promise<ClaimedJob | undefined> {
    const now = new Date();
    const job = await this.jobs.getNextJobToRun(name, now, new Date(now.getTime() - lockMs), now, undefined);
    if (!job) return undefined;
    return { id: String(job._id), name, payload: dataSchema.parse(job.data).payload, lockedAt: now, failures: job.failCount ?? 0 };
  }

  async extend(id: string): Promise<void> {
    await this.documents.updateOne({ _id: new ObjectId(id) }, { $set: { lockedAt: new Date() } });
  }

  async retry(id: string, at: Date, failures: number): Promise<void> {
    await this.documents.updateOne({ _id: new ObjectId(id) }, { $set: { lockedAt: null, nextRunAt: at, failCount: failures } });
  }

  async unlock(ids: readonly string[]): Promise<void> {
    await this.jobs.unlockJobs([...ids]);
  }

  async remove(id: string): Promise<void> {
    await this.jobs.removeJobs({ id });
  }

  async nextDue(names: readonly string[], lockMs: number): Promise<Date | undefined> {
    const [waiting, locked] = await Promise.all([
      this.documents.findOne({ name: { $in: [...names] }, lockedAt: null }, { sort: { nextRunAt: 1 } }),
      this.documents.findOne({ name: { $in: [...names] }, lockedAt: { $ne: null } }, { sort: { lockedAt: 1 } }),
    ]);
    const times = [waiting?.nextRunAt?.getTime(), locked?.lockedAt && locked.lockedAt.getTime() + lockMs];
    const due = times.filter((time) => typeof time === 'number');
    return due.length > 0 ? new Date(Math.min(...due)) : undefined;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

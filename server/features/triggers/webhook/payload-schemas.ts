import { BoundedCache } from '../../../bounded-cache.js';
import { GroupQueue } from '../../../group-queue.js';
import { type Sandbox, SandboxError } from '../../../sandbox/sandbox.js';

/** Far more than an honest schema needs for a payload of a megabyte, by a worker that has just started on a busy machine, too. */
const checkMs = 2_000;
const largestGroup = 20;

type Schema = Readonly<Record<string, unknown>>;

interface SchemaOwner {
  id: string;
  workspaceId: string;
}

/** Holds payloads against the JSON Schemas of their triggers, in the sandbox, where a check that does not end can be ended. What arrives together is checked together. */
export class PayloadSchemas {
  private readonly queues = new BoundedCache<GroupQueue<{ schema: Schema; value: unknown }, string[]>>(1_000, 1_000_000);

  constructor(private readonly sandbox: Pick<Sandbox, 'checkSchemas'>) {}

  /** @returns what of the payload does not fit, in words; empty where it fits */
  misfits({ id, workspaceId }: SchemaOwner, schema: Schema, value: unknown): Promise<string[]> {
    const queue = this.queues.getOrMake(id, () => new GroupQueue(largestGroup, (checks) => this.check(workspaceId, checks)));
    return queue.add({ schema, value });
  }

  private async check(workspaceId: string, checks: readonly { schema: Schema; value: unknown }[]): Promise<string[][]> {
    try {
      return await this.sandbox.checkSchemas(checks, { timeoutMs: checkMs, fairnessKey: workspaceId });
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      // One of them may be to blame for all. One after another, so that it keeps no other from its time.
      if (checks.length > 1) {
        const results: string[][] = [];
        for (const check of checks) results.push(...(await this.check(workspaceId, [check])));
        return results;
      }
      return [[error.code === 'TIMEOUT' ? `The schema could not be held against it within ${checkMs / 1_000} s.` : error.message]];
    }
  }
}

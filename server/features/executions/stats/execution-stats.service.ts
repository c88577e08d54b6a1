import { type ExecutionStatsInput } from '../../../../schema/execution-stats.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type StatsBucket, type StatsSpan, type StatsSubject, toBucket, toBuckets } from './execution-stats.js';
import { type ExecutionStatsStore } from './execution-stats.store.js';

const mostBuckets = 200;
const longestMs = 400 * 24 * 60 * 60_000;

export class ExecutionStats {
  constructor(
    private readonly store: ExecutionStatsStore,
    private readonly workflows: Pick<WorkflowsService, 'get'>,
    private readonly prompts: Pick<PromptsService, 'version'>,
  ) {}

  /**
   * How many were created, how they ended, how long they took and what they used.
   * @throws InvalidInputError naming what of the time can not be counted
   * @throws NotFoundError when there is no such workflow or prompt version
   */
  async of({ workspaceId }: Identity, input: ExecutionStatsInput): Promise<{ total: StatsBucket; buckets: StatsBucket[] }> {
    const span = checkedSpan(input);
    const subject = await this.subject(workspaceId, input);
    const counts = await this.store.count(workspaceId, subject, span);
    return { total: toBucket(span, counts.get(-1)), buckets: toBuckets(span, counts) };
  }

  private async subject(workspaceId: string, { workflowId, promptVersionId }: ExecutionStatsInput): Promise<StatsSubject> {
    if (promptVersionId) {
      await this.prompts.version(workspaceId, promptVersionId);
      return { kind: 'promptVersion', promptVersionId };
    }
    if (!workflowId) return { kind: 'workspace' };
    await this.workflows.get(workspaceId, workflowId);
    return { kind: 'workflow', workflowId };
  }
}

function checkedSpan({ workflowId, promptVersionId, from, to, buckets }: ExecutionStatsInput): StatsSpan {
  const problems = new InputProblems();
  if (workflowId && promptVersionId) problems.add('input.promptVersionId', 'Ask for a workflow or for a prompt version, not for both.');
  if (to <= from) problems.add('input.to', 'Give a time after `from`.');
  else if (to.getTime() - from.getTime() > longestMs) problems.add('input.to', 'Ask for at most 400 days at a time.');
  if (buckets < 1 || buckets > mostBuckets) problems.add('input.buckets', `Give a whole number from 1 to ${mostBuckets}.`);
  problems.throwIfAny();
  return { from, to, buckets };
}

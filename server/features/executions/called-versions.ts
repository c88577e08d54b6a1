import { InvalidInputError } from '../../errors.js';
import { callsOf } from '../workflows/workflow-calls.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../workflows/workflow.service.js';

/** A version of a workflow and, by the paths of the steps that call them, the versions that it will run. */
export interface CallTree {
  version: WorkflowVersionRecord;
  calls: ReadonlyMap<string, CallTree>;
}

const mostCalls = 200;

/** Finds what WORKFLOW steps call at this moment. */
export class CalledVersions {
  constructor(private readonly workflows: Pick<WorkflowsService, 'heads'>) {}

  /** @throws InvalidInputError where a workflow is gone, or calls itself by way of others */
  of(workspaceId: string, version: WorkflowVersionRecord): Promise<CallTree> {
    return this.follow(workspaceId, version, [], { calls: 0 });
  }

  private async follow(workspaceId: string, version: WorkflowVersionRecord, callers: readonly string[], total: { calls: number }): Promise<CallTree> {
    const path = [...callers, version.workflowId];
    const calls = callsOf(version.definition);
    total.calls += calls.length;
    if (total.calls > mostCalls) throw refused(`This workflow and those that it calls have more than ${mostCalls} steps that call a workflow. Let them call fewer.`);
    const heads = calls.length > 0 ? await this.workflows.heads(workspaceId, calls.map(({ workflowId }) => workflowId)) : new Map<string, WorkflowVersionRecord>();
    const found = new Map<string, CallTree>();
    for (const { path: at, step, workflowId } of calls) {
      const head = heads.get(workflowId);
      if (!head) throw refused(`Step "${step.name}" calls a workflow that is no longer there. Choose another one.`);
      if (path.includes(workflowId)) throw refused(`Step "${step.name}" calls a workflow that it runs for, so that neither would ever end. Choose another one.`);
      found.set(at, await this.follow(workspaceId, head, path, total));
    }
    return { version, calls: found };
  }
}

function refused(message: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.workflowId', message }]);
}

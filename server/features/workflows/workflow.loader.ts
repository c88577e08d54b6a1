import DataLoader from 'dataloader';
import { NotFoundError } from '../../errors.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type WorkflowRecord, type WorkflowsService, type WorkflowVersionRecord } from './workflow.service.js';

type Read<Found> = (workspaceId: string, ids: readonly string[]) => Promise<Map<string, Found>>;

/** Workflows and their versions by id, for fields that refer to them: each kind read in one query a request. */
export class WorkflowLoader {
  constructor(private readonly workflows: WorkflowsService) {}

  workflow(context: RequestContext, id: string): Promise<WorkflowRecord> {
    return this.load(context, 'workflow', id, (workspaceId, ids) => this.workflows.byIds(workspaceId, ids));
  }

  version(context: RequestContext, id: string): Promise<WorkflowVersionRecord> {
    return this.load(context, 'workflow version', id, (workspaceId, ids) => this.workflows.versionsByIds(workspaceId, ids));
  }

  /** The workflow's newest version. */
  head(context: RequestContext, workflowId: string): Promise<WorkflowVersionRecord> {
    return this.load(context, 'workflow head', workflowId, (workspaceId, ids) => this.workflows.heads(workspaceId, ids));
  }

  private load<Found>(context: RequestContext, what: string, id: string, read: Read<Found>): Promise<Found> {
    const { workspaceId } = identityOf(context);
    const make = () =>
      new DataLoader<string, Found>(async (ids) => {
        const found = await read(workspaceId, ids);
        return ids.map((key) => found.get(key) ?? new NotFoundError(what));
      });
    return context.loaders.of(make, `${what} loader`).load(id);
  }
}

import { NotFoundError } from '../../errors.js';
import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type WorkflowRecord, type WorkflowsService, type WorkflowVersionRecord } from './workflow.service.js';

/** Workflows and their versions by id, for fields that refer to them: each kind read in one query a request. */
export class WorkflowLoader {
  private readonly readWorkflows: ReadMany<WorkflowRecord>;
  private readonly readVersions: ReadMany<WorkflowVersionRecord>;
  private readonly readHeads: ReadMany<WorkflowVersionRecord>;

  constructor(workflows: WorkflowsService) {
    this.readWorkflows = (workspaceId, ids) => workflows.byIds(workspaceId, ids);
    this.readVersions = (workspaceId, ids) => workflows.versionsByIds(workspaceId, ids);
    this.readHeads = (workspaceId, ids) => workflows.heads(workspaceId, ids);
  }

  workflow(context: RequestContext, id: string): Promise<WorkflowRecord> {
    return context.loaders.load(this.readWorkflows, identityOf(context), id, () => new NotFoundError('workflow'));
  }

  version(context: RequestContext, id: string): Promise<WorkflowVersionRecord> {
    return context.loaders.load(this.readVersions, identityOf(context), id, () => new NotFoundError('workflow version'));
  }

  /** The workflow's newest version. */
  head(context: RequestContext, workflowId: string): Promise<WorkflowVersionRecord> {
    return context.loaders.load(this.readHeads, identityOf(context), workflowId, () => new NotFoundError('workflow'));
  }
}

import { type DecideApprovalByLinkInput, type DecideApprovalInput, type LinkedApproval } from '../../../../schema/decisions.js';
import { type StepApproval } from '../../../../schema/step-waits.js';
import { ForbiddenError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { line, optionalText, parseInput } from '../../../input.js';
import { type AuditJournal } from '../../audit/audit-journal.js';
import { type AuditOrigin } from '../../audit/audit.types.js';
import { type SecretTrail } from '../../audit/secret-access.js';
import { type Identity } from '../../auth/identity.js';
import { roleAllows } from '../../auth/permissions.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type ExecutionService } from '../execution.service.js';
import { type ExecutionRecord, type StepState } from '../execution.types.js';
import { type ApprovalLinks, type LinkedPlace } from './approval-links.js';
import { type ApprovalValues } from './approval-values.js';
import { approvalOf, type ApprovalWait, type DecidedBy, type Decision } from './decision.js';
import { type DecisionPlace, type DecisionStore } from './decision.store.js';
import { type Decisions } from './decisions.service.js';
import { type PersonNames } from './person-names.js';

export interface ApprovalParts {
  store: DecisionStore;
  decisions: Decisions;
  links: ApprovalLinks;
  executions: ExecutionService;
  workflows: Pick<WorkflowsService, 'get'>;
  people: PersonNames;
  values: ApprovalValues;
  /** Are told of links, and of what is decided by them. */
  secretTrail?: SecretTrail;
  journal?: Pick<AuditJournal, 'writeSoon'>;
  now: () => Date;
}

/** What somebody says when they decide. */
type Said = Pick<DecideApprovalInput, 'outcome' | 'comment' | 'values'>;

const comment = optionalText(2_000);

/** APPROVAL steps that wait: who may decide, by which link, and what was decided. */
export class Approvals {
  constructor(private readonly parts: ApprovalParts) {}

  /**
   * @throws ForbiddenError for one that only owners may decide
   * @throws InvalidInputError for values that do not fit its form
   * @throws ConflictError saying who decided already, or why there is nothing to decide
   */
  async decide(identity: Identity, { executionId, stepKey, ...said }: DecideApprovalInput): Promise<ExecutionRecord> {
    const { executions, people } = this.parts;
    const execution = await executions.find(identity, executionId);
    const place = { workspaceId: identity.workspaceId, executionId, stepKey };
    const step = await this.stepAt(place);
    const approval = approvalOf(step);
    if (approval && !this.mayDecide(identity, approval)) throw new ForbiddenError('Only owners of the workspace may decide this. Ask one of them.');
    await this.settle(place, step, said, await people.decidedBy(identity));
    return execution;
  }

  /** The same for whoever holds the link. @throws NotFoundError for a link that is none of ours */
  async decideByLink({ token, name, ...said }: DecideApprovalByLinkInput, from: AuditOrigin): Promise<LinkedApproval> {
    const { place, expired, step } = await this.follow(token);
    const called = name?.trim() ? parseInput(line(100), name, 'input.name') : undefined;
    const asLinked = { ...step, attempt: place.attempt, ...(expired && { retryAt: new Date(0) }) };
    await this.settle(place, asLinked, said, { kind: 'link', ...(called && { name: called }) });
    const linked = await this.linked(token);
    this.tellDecision(place, said, { called, workflow: linked.workflow, from });
    return linked;
  }

  /** What a link leads to. @throws NotFoundError for one that is none of ours, or whose run is gone */
  async linked(token: string): Promise<LinkedApproval> {
    const { place, expired, step } = await this.follow(token);
    const { executions, workflows, store, now } = this.parts;
    const execution = await executions.find(place, place.executionId);
    const workflow = await workflows.get(place.workspaceId, execution.workflowId);
    const about = { workflow: workflow.name };
    const decision = step.attempt === place.attempt ? await store.last(place) : undefined;
    if (decision) return { ...about, status: 'DECIDED', decision: toApiDecision(decision) };
    const approval = step.attempt === place.attempt ? approvalOf(step) : undefined;
    const over = expired || step.error?.code === 'NOT_DECIDED' || (step.retryAt !== undefined && step.retryAt <= now());
    if (!approval || over) return { ...about, status: over ? 'EXPIRED' : 'WITHDRAWN' };
    const { title, instructions, fields } = approval;
    return { ...about, status: 'WAITING', title, instructions, fields, until: step.retryAt };
  }

  mayDecide({ role }: Identity, { approvers }: Pick<ApprovalWait, 'approvers'>): boolean {
    return approvers === 'OWNER' ? role === 'OWNER' : roleAllows(role, 'execution:start');
  }

  /** @returns null for those who may not decide */
  async linkFor(identity: Identity, { executionId, stepKey, attempt, approvers, until }: StepApproval): Promise<string | null> {
    if (!this.mayDecide(identity, { approvers })) return null;
    const place = { workspaceId: identity.workspaceId, executionId, stepKey, attempt };
    const use = { run: [executionId, stepKey, attempt, identity.userId].join(' '), executionId, by: identity };
    await this.parts.secretTrail?.used(identity.workspaceId, 'approval.link.show', { type: 'execution', id: executionId, name: stepKey }, use);
    return this.parts.links.make(place, until);
  }

  private tellDecision({ workspaceId, executionId, stepKey }: LinkedPlace, { outcome }: Said, told: { called: string | undefined; workflow: string; from: AuditOrigin }): void {
    const { address, userAgent, requestId } = told.from;
    this.parts.journal?.writeSoon({
      workspaceId,
      at: this.parts.now(),
      actor: { type: 'LINK', name: told.called ?? 'Whoever held the link' },
      action: 'approval.decide',
      subject: { type: 'execution', id: executionId, name: told.workflow },
      after: { stepKey, outcome },
      outcome: 'DONE',
      origin: { address, userAgent, requestId },
      executionId,
    });
  }

  private async follow(token: string): Promise<{ place: LinkedPlace; expired: boolean; step: StepState }> {
    const link = await this.parts.links.read(token);
    const step = link && (await this.parts.store.step(link.place));
    if (!step) throw new NotFoundError('approval', 'This link leads to nothing that can be decided. Ask whoever sent it for a new one.');
    return { ...link, step };
  }

  private async stepAt(place: DecisionPlace): Promise<StepState> {
    const step = await this.parts.store.step(place);
    if (!step) throw new NotFoundError('step', 'The run has no such step.');
    return step;
  }

  private async settle(place: DecisionPlace, step: StepState, said: Said, decidedBy: DecidedBy): Promise<void> {
    const approval = approvalOf(step);
    const values = said.values ?? null;
    const problems = approval ? await this.parts.values.problemsOf(place.workspaceId, said.outcome === 'APPROVED' ? approval.fields : undefined, values) : [];
    if (problems.length > 0) throw new InvalidInputError(problems);
    const decision: Decision = {
      outcome: said.outcome === 'APPROVED' ? 'approved' : 'rejected',
      decidedBy,
      comment: parseInput(comment, said.comment ?? '', 'input.comment') || null,
      values,
      at: this.parts.now().toISOString(),
    };
    await this.parts.decisions.settle(place, 'APPROVAL', step, decision);
  }
}

function toApiDecision({ outcome, decidedBy, at }: Decision): LinkedApproval['decision'] {
  return { outcome: outcome === 'approved' ? 'APPROVED' : 'REJECTED', by: decidedBy.name, at: new Date(at) };
}

import { type Sandbox } from '../../../sandbox/sandbox.js';
import { approvalSettingsSchema } from '../../workflows/step-types/approval.step-type.js';
import { type ApprovalWait, type Decision, decisionIn, logFields, wordsOf } from '../decisions/decision.js';
import { StepError } from '../step-failure.js';
import { type PreparedStep, type ResumedWork, type StepRunner, type StepWork } from './step-runner.js';
import { StepSettings } from './step-settings.js';

const longestTitle = 200;

/** Waits until somebody approves or rejects, or nobody has by its deadline. */
export class ApprovalStepRunner implements StepRunner {
  private readonly settings = new StepSettings(approvalSettingsSchema);

  constructor(private readonly sandbox: Sandbox) {}

  async prepare({ execution, step, input, signal, now }: StepWork): Promise<PreparedStep> {
    const { title, instructions = '', approvers, deadlineMs, fields } = this.settings.of(step);
    const [heading = '', text = ''] = await this.sandbox.render([title, instructions], input, { signal, timeoutMs: step.timeoutMs, fairnessKey: execution.workspaceId });
    const data: ApprovalWait = { title: oneLine(heading) || step.name, instructions: text.trim(), approvers, fields };
    return { kind: 'wait', wait: { reason: 'APPROVAL', data }, until: deadlineMs === undefined ? undefined : new Date(now().getTime() + deadlineMs) };
  }

  async resume(work: ResumedWork): Promise<PreparedStep> {
    const decision = decisionIn(work.signals) ?? (work.due ? this.overdue(work) : undefined);
    if (!decision) return { kind: 'wait', wait: work.wait, until: work.until, again: true };
    work.log('info', `${wordsOf(decision)}.`, logFields(decision));
    if (decision.outcome === 'rejected' && !work.branchedOn) throw rejected(decision);
    return { kind: 'done', result: { output: decision } };
  }

  private overdue({ step, now }: ResumedWork): Decision {
    const { onDeadline = 'FAIL' } = this.settings.of(step);
    if (onDeadline === 'FAIL') throw new StepError('NOT_DECIDED', 'Nobody decided in time. Run it again, or give it more time.');
    return { outcome: onDeadline === 'APPROVE' ? 'approved' : 'rejected', decidedBy: { kind: 'deadline' }, comment: null, values: null, at: now().toISOString() };
  }
}

function rejected(decision: Decision): StepError {
  return new StepError('REJECTED', `${wordsOf(decision)}${decision.comment ? `: ${decision.comment}` : '.'}`);
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1)}…` : line;
}

import { z } from 'zod';
import { approvalOutcomes, approvalSettingsSchema } from '../../workflows/step-types/approval.step-type.js';
import { type Signal, type StepState } from '../execution.types.js';

const decidedBySchema = z.object({
  /** link: whoever held an approval's link. deadline: nobody, in time. preview: nobody was asked. */
  kind: z.enum(['person', 'link', 'deadline', 'preview']),
  /** The user's, of a person. */
  id: z.string().optional(),
  /** Of a person; of whoever used a link, as they call themselves. */
  name: z.string().optional(),
});
export type DecidedBy = z.infer<typeof decidedBySchema>;

const decisionSchema = z.object({
  outcome: z.enum([...approvalOutcomes, 'RETRY', 'COMPLETE', 'FAIL']),
  decidedBy: decidedBySchema,
  comment: z.string().nullable(),
  /** What was filled in; with COMPLETE, what the step gave. */
  values: z.unknown(),
  /** An instant, as RFC 3339 writes it. */
  at: z.string(),
});
/** What somebody decided of a step that waited for it: the payload of the signal, the output of an approval, and what the step's log keeps. */
export type Decision = z.infer<typeof decisionSchema>;

/** Of what a step waits for that waits for an approval. */
const approvalWaitSchema = approvalSettingsSchema.pick({ approvers: true, fields: true }).extend({ title: z.string(), instructions: z.string() });
/** What is to be decided, as it is shown: its texts are rendered. */
export type ApprovalWait = z.infer<typeof approvalWaitSchema>;

/** @returns undefined where the step waits for no approval */
export function approvalOf({ status, waitingFor }: Pick<StepState, 'status' | 'waitingFor'>): ApprovalWait | undefined {
  return status === 'WAITING' && waitingFor?.reason === 'APPROVAL' ? approvalWaitSchema.parse(waitingFor.data) : undefined;
}

/** The one that is among these signals. */
export function decisionIn(signals: readonly Signal[]): Decision | undefined {
  const signal = signals.find(({ type }) => type === 'APPROVAL' || type === 'UNKNOWN_OUTCOME');
  return signal && decisionSchema.parse(signal.payload);
}

const logSchema = z.object({ fields: z.object({ decision: decisionSchema }) });

/** The fields of the log that tells of a decision, for `decisionInLog`. */
export function logFields(decision: Decision): Record<string, unknown> {
  return { decision };
}

/** @returns undefined for a log of something else */
export function decisionInLog(payload: unknown): Decision | undefined {
  return logSchema.safeParse(payload).data?.fields.decision;
}

/** What stands for a decision where nobody is asked. */
export function approvedInPreview(at: Date): Decision {
  return { outcome: 'approved', decidedBy: { kind: 'preview' }, comment: null, values: null, at: at.toISOString() };
}

const done: Record<Decision['outcome'], string> = {
  approved: 'approved it',
  rejected: 'rejected it',
  RETRY: 'decided that it runs again',
  COMPLETE: 'decided that it has succeeded',
  FAIL: 'decided that it has failed',
};

/** Who decided what, without a full stop: `Ada approved it`. */
export function wordsOf({ outcome, decidedBy: { kind, name } }: Decision): string {
  if (kind === 'deadline') return `Nobody decided in time, so it counts as ${outcome}`;
  return kind === 'link' ? `${name ?? 'Somebody'} ${done[outcome]}, by the link` : `${name ?? 'Somebody'} ${done[outcome]}`;
}

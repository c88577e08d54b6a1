import * as z from 'zod/mini';
import type { StepType } from '../../gql/graphql';
import { isStepType } from './step-type-names';
import type { WorkflowStep } from './workflow.operations';

/** What is absent in what is stored is null in the API. */
const orNull = <Schema extends z.ZodMiniType>(schema: Schema) => z._default(z.nullable(schema), null);

const savedStepSchema = z.object({
  key: z.string(),
  name: z.string(),
  type: z.custom<StepType>((value) => typeof value === 'string' && isStepType(value)),
  settings: z.unknown(),
  dependsOn: z.array(z.string()),
  inputs: z.array(z.object({ name: z.string(), from: orNull(z.string()), value: orNull(z.unknown()) })),
  join: z._default(z.enum(['ALL', 'ANY']), 'ALL'),
  branches: z._default(z.array(z.object({ step: z.string(), outcome: z.string() })), []),
  onError: z._default(z.object({ action: z.enum(['STOP', 'CONTINUE', 'HANDLE']), value: orNull(z.unknown()), handler: orNull(z.string()) }), { action: 'STOP', value: null, handler: null }),
  onUnknownOutcome: z._default(z.enum(['RETRY', 'FAIL', 'HOLD']), 'RETRY'),
  retry: z.object({ maxAttempts: z.number(), initialDelayMs: z.number(), maxDelayMs: z.number() }),
  timeoutMs: z.number(),
});

/** The steps that a saved step holds in its settings. @throws where they are none */
export function stepsInSettings(steps: unknown): WorkflowStep[] {
  return z.array(savedStepSchema).parse(steps);
}

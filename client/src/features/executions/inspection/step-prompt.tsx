import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import * as z from 'zod/mini';
import { SimulatedMark } from '../../../ui/simulated-mark';
import { Facts } from '../facts';
import inspector from '../inspector.module.css';
import type { StepState } from '../run-state';
import type { Run, RunStep } from '../run.queries';
import { ValueView } from '../value-view';
import type { StepDetails } from './inspection.operations';
import { Loading } from './loading';

const roles = { SYSTEM: 'System', USER: 'User', ASSISTANT: 'Assistant', PLACEHOLDER: 'Placeholder' };

interface StepPromptProps {
  run: Run;
  step: RunStep;
  state: StepState;
  details: StepDetails | undefined;
}

/** What a model was asked, and with which settings. */
export function StepPrompt({ run, step, state, details }: StepPromptProps) {
  const version = step.promptVersion;
  const model = state.model ?? step.model;
  return (
    <>
      <Facts
        facts={[
          ['Prompt', version && <Anchor component={Link} to={`/prompts/${version.prompt.id}`}>{version.prompt.name} {version.version}</Anchor>],
          ['Model', model && <span style={{ display: 'inline-flex', gap: 8, flexWrap: 'wrap' }}>{model} {state.simulated && <SimulatedMark quiet />}</span>],
          ...settingsIn(run.lockfile, step.key),
        ]}
      />
      {details?.messages ? (
        details.messages.map((message, index) => (
          <div key={index} className={inspector.message}>
            <ValueView
              what={`${roles[message.role].toLowerCase()} message`}
              fileName={`${step.name} - message ${index + 1}`}
              value={message.content}
              mark={<span className={inspector.role}>{roles[message.role]}</span>}
            />
          </div>
        ))
      ) : state.status === 'PENDING' ? (
        <p className={inspector.nothing}>The messages are written when the step begins.</p>
      ) : details ? (
        <p className={inspector.nothing}>No model was asked.</p>
      ) : (
        <Loading />
      )}
    </>
  );
}

const settingsSchema = z.object({
  temperature: z.nullish(z.number()),
  topP: z.nullish(z.number()),
  maxOutputTokens: z.nullish(z.number()),
  seed: z.nullish(z.number()),
  stopSequences: z.nullish(z.array(z.string())),
});
const lockfileSchema = z.object({ prompts: z.record(z.string(), z.object({ settings: settingsSchema })), models: z.optional(z.record(z.string(), settingsSchema)) });

function settingsIn(lockfile: unknown, stepKey: string): [string, string | null][] {
  const parsed = lockfileSchema.safeParse(lockfile).data;
  const settings = parsed?.prompts[stepKey]?.settings ?? parsed?.models?.[stepKey];
  if (!settings) return [];
  const text = (value: number | null | undefined) => (typeof value === 'number' ? String(value) : null);
  return [
    ['Temperature', text(settings.temperature)],
    ['Top P', text(settings.topP)],
    ['Longest answer', typeof settings.maxOutputTokens === 'number' ? `${settings.maxOutputTokens.toLocaleString('en-US')} tokens` : null],
    ['Seed', text(settings.seed)],
    ['Stops at', settings.stopSequences?.map((stop) => JSON.stringify(stop)).join(', ') ?? null],
  ];
}

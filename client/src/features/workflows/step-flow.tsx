import { JsonInput, MultiSelect, Select } from '@mantine/core';
import type { StepErrorAction, StepJoin, UnknownOutcomeAction } from '../../gql/graphql';
import { stepsBefore, updateStep, type Draft, type DraftStep } from './draft';
import { nameOf } from './draft-problems';
import { useEditor, useField } from './editor-context';
import { rulesOf } from './steps/rules-registry';

export const flowFields = ['branches', 'join', 'onError', 'errorValue', 'handler', 'onUnknownOutcome'];

const joins: { value: StepJoin; label: string }[] = [
  { value: 'ALL', label: 'Skip this step too' },
  { value: 'ANY', label: 'Run it with those that did run' },
];

const errorActions: { value: StepErrorAction; label: string }[] = [
  { value: 'STOP', label: 'The run fails' },
  { value: 'CONTINUE', label: 'Go on with a value in its place' },
  { value: 'HANDLE', label: 'Hand over to another step' },
];

const unknownOutcomes: { value: UnknownOutcomeAction; label: string }[] = [
  { value: 'RETRY', label: 'Try it again' },
  { value: 'FAIL', label: 'Count it as failed' },
  { value: 'HOLD', label: 'Wait for a person to decide' },
];

/** When a step runs at all, and what becomes of the run when it fails. */
export function StepFlow({ step }: { step: DraftStep }) {
  const { draft, change } = useEditor();
  const anchor = `steps.${step.id}`;
  const join = useField(`${anchor}.join`);
  const action = useField(`${anchor}.onError`);
  const value = useField(`${anchor}.errorValue`);
  const handler = useField(`${anchor}.handler`);
  const unknown = useField(`${anchor}.onUnknownOutcome`);
  const update = (field: string, changes: Partial<DraftStep>) =>
    change((current) => updateStep(current, step.id, (each) => ({ ...each, ...changes })), `${anchor}.${field}`);
  const setPolicy = (field: string, changes: Partial<DraftStep['onError']>) => update(field, { onError: { ...step.onError, ...changes } });

  const handlers = draft.steps.slice(stepsBefore(draft, step.id).length + 1);
  return (
    <>
      <Branches step={step} />
      <Select
        {...join}
        label="If a step before it is skipped"
        description="A step that it waits for, or takes something from."
        data={joins}
        value={step.join}
        allowDeselect={false}
        onChange={(next) => next && update('join', { join: next })}
      />
      <Select
        {...action}
        label="If it fails"
        description="When its attempts are used up."
        data={errorActions}
        value={step.onError.action}
        allowDeselect={false}
        onChange={(next) => next && setPolicy('onError', { action: next })}
      />
      {step.onError.action === 'CONTINUE' && (
        <JsonInput
          {...value}
          label="Value in its place"
          description="JSON, its output then; nothing written is null."
          placeholder='"none"'
          autosize
          minRows={1}
          maxRows={8}
          value={step.onError.valueText}
          onChange={(valueText) => setPolicy('errorValue', { valueText })}
        />
      )}
      {step.onError.action === 'HANDLE' && (
        <Select
          {...handler}
          label="Step that takes over"
          description="It runs only then, and can use what went wrong."
          placeholder={handlers.length > 0 ? 'Choose a later step' : 'Add a step below first'}
          data={handlers.map(({ id, name, key }) => ({ value: id, label: name.trim() || key || nameOf(draft, id) }))}
          value={step.onError.handlerId}
          allowDeselect={false}
          onChange={(handlerId) => setPolicy('handler', { handlerId })}
        />
      )}
      <Select
        {...unknown}
        label="If a call is cut off"
        description="So that nobody knows whether it happened."
        data={unknownOutcomes}
        value={step.onUnknownOutcome}
        allowDeselect={false}
        onChange={(next) => next && update('onUnknownOutcome', { onUnknownOutcome: next })}
      />
    </>
  );
}

function Branches({ step }: { step: DraftStep }) {
  const { draft, change } = useEditor();
  const field = useField(`steps.${step.id}.branches`);
  const deciding = draft.steps.filter(({ id }) => id !== step.id && (stepsBefore(draft, step.id).some((each) => each.id === id) || step.branches.some(({ stepId }) => stepId === id)));
  const offered = deciding.flatMap((each) => (rulesOf(each.type).outcomes?.(each.settings) ?? []).map((outcome) => ({ stepId: each.id, outcome })));
  const lost = step.branches.filter(({ stepId, outcome }) => !offered.some((each) => each.stepId === stepId && each.outcome === outcome));
  const choices = [...offered, ...lost].map((branch) => ({ value: JSON.stringify([branch.stepId, branch.outcome]), label: outcomeName(draft, branch), branch }));
  return (
    <MultiSelect
      {...field}
      label="Runs only when"
      description="Of one step any of these will do; of several steps, each must."
      placeholder={step.branches.length > 0 ? undefined : choices.length > 0 ? 'Always' : 'Always: no step before it decides anything'}
      data={choices.map(({ value, label }) => ({ value, label }))}
      value={step.branches.map(({ stepId, outcome }) => JSON.stringify([stepId, outcome]))}
      disabled={choices.length === 0}
      onChange={(values) => {
        const branches = values.flatMap((value) => choices.find((choice) => choice.value === value)?.branch ?? []);
        change((current) => updateStep(current, step.id, (each) => ({ ...each, branches })), `steps.${step.id}.branches`);
      }}
    />
  );
}

function outcomeName(draft: Draft, { stepId, outcome }: DraftStep['branches'][number]): string {
  const step = draft.steps.find(({ id }) => id === stepId);
  return `${step ? step.name.trim() || step.key || nameOf(draft, stepId) : 'A removed step'}: ${outcome}`;
}

/** How a step differs from one that always runs and whose failure ends the run, in a few words. */
export function flowSummary(draft: Draft, { branches, onError }: DraftStep): string[] {
  const when = branches.length > 0 ? [`only when ${branches.map((branch) => outcomeName(draft, branch)).join(', ')}`] : [];
  const failing = { STOP: [], CONTINUE: ['goes on if it fails'], HANDLE: ['hands over if it fails'] }[onError.action];
  return [...when, ...failing];
}

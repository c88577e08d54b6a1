import { useQuery } from '@apollo/client/react';
import { Select } from '@mantine/core';
import { modelsDocument } from '../../prompts/prompt.operations';
import type { PinnedStep } from './pinned-steps';
import { promptVersionChoicesDocument } from './rerun.operations';
import classes from './rerun.module.css';

/** Null: as it ran. */
export interface StepChange {
  promptVersionId: string | null;
  model: string | null;
}

export const noChange: StepChange = { promptVersionId: null, model: null };

interface PinnedStepFieldsProps {
  step: PinnedStep;
  change: StepChange;
  onChange: (change: StepChange) => void;
}

/** What one step is to use instead of what it ran. */
export function PinnedStepFields({ step, change, onChange }: PinnedStepFieldsProps) {
  const { data } = useQuery(modelsDocument);
  return (
    <fieldset className={classes.step}>
      <legend className={classes.name}>{step.name}</legend>
      {step.promptId && <VersionField promptId={step.promptId} step={step} value={change.promptVersionId} onChange={(promptVersionId) => onChange({ ...change, promptVersionId })} />}
      <Select
        label="Model"
        placeholder={`${step.model ?? 'As it ran'}, as it ran`}
        clearable
        searchable
        data={data?.models.map(({ id }) => id) ?? []}
        value={change.model}
        onChange={(model) => onChange({ ...change, model })}
      />
    </fieldset>
  );
}

function VersionField({ promptId, step, value, onChange }: { promptId: string; step: PinnedStep; value: string | null; onChange: (id: string | null) => void }) {
  const { data } = useQuery(promptVersionChoicesDocument, { variables: { id: promptId } });
  return (
    <Select
      label="Prompt version"
      placeholder={`${step.promptVersion ?? 'As it ran'}, as it ran`}
      clearable
      searchable
      data={data?.prompt.versions.edges.map(({ node }) => ({ value: node.id, label: node.version })) ?? []}
      value={value}
      onChange={onChange}
    />
  );
}

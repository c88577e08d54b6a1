import { useQuery } from '@apollo/client/react';
import { ActionIcon, Popover, Select, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import type { ModelSettingsInput } from '../../../gql/graphql';
import { SimulatedMark } from '../../../ui/simulated-mark';
import { ModelSettings } from '../../prompts/editor/model/model-settings';
import { modelsDocument } from '../../prompts/prompt.operations';
import { useField } from '../editor-context';
import classes from '../editor.module.css';
import type { StepModel } from './prompt.rules';

interface ModelFieldProps {
  anchor: string;
  label: string;
  /** The label is for those alone who can't see where it stands. */
  hideLabel?: boolean;
  description?: string;
  model: StepModel | undefined;
  /** The model that answers where none is chosen; empty while that is not known. Absent: one must be chosen. */
  fallback?: string | undefined;
  onChange: (model: StepModel | undefined) => void;
}

/** Which model a step asks, and how. */
export function ModelField({ anchor, label, hideLabel, description, model, fallback, onChange }: ModelFieldProps) {
  const field = useField(anchor);
  const { data } = useQuery(modelsDocument);
  const models = data?.models ?? [];
  const chosen = model?.model || null;
  const gone = chosen !== null && data !== undefined && !models.some(({ id }) => id === chosen);
  const used = models.find(({ id }) => id === (chosen ?? fallback));
  const offered = models.map(({ id }) => id);
  return (
    <div>
      <div className={classes.model} data-labelled={hideLabel ? undefined : true}>
        <Select
          {...field}
          {...(hideLabel ? { 'aria-label': label } : { label })}
          description={description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={fallback === undefined ? 'Choose a model' : fallback ? `${fallback}, as the prompt says` : 'As the prompt says'}
          clearable={fallback !== undefined}
          allowDeselect={false}
          searchable={models.length > 8}
          data={gone ? [...offered, chosen] : offered}
          value={chosen}
          error={field.error ?? (gone ? 'The server does not offer this model now.' : undefined)}
          onChange={(id) => onChange(id ? { ...model, model: id } : undefined)}
        />
        {model && chosen && <Parameters label={label} model={model} onChange={onChange} />}
      </div>
      {used?.simulated && <div className={classes.below}><SimulatedMark quiet /></div>}
    </div>
  );
}

function Parameters({ label, model, onChange }: { label: string; model: StepModel; onChange: (model: StepModel) => void }) {
  const { model: _, ...parameters } = model;
  const count = Object.values(parameters).filter((value) => value !== null && value !== undefined).length;
  return (
    <Popover width={320} position="bottom-end" trapFocus withArrow shadow="md">
      <Popover.Target>
        <Tooltip label={count === 0 ? 'Temperature and more' : `Temperature and more: ${count} set`}>
          <ActionIcon variant={count > 0 ? 'light' : 'default'} size={36} aria-label={`How ${label.toLowerCase()} answers${count > 0 ? `, ${count} set` : ''}`}>
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown mah={440} style={{ overflowY: 'auto' }}>
        <ModelSettings settings={settingsOf(model)} onChange={(change) => onChange(withoutNothing({ ...model, ...change }))} />
      </Popover.Dropdown>
    </Popover>
  );
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const settingsOf = ({ model, temperature, topP, maxOutputTokens, seed, stopSequences }: StepModel): ModelSettingsInput => ({
  model,
  temperature: numberOf(temperature),
  topP: numberOf(topP),
  maxOutputTokens: numberOf(maxOutputTokens),
  seed: numberOf(seed),
  stopSequences: Array.isArray(stopSequences) ? stopSequences.filter((sequence) => typeof sequence === 'string') : null,
});

const withoutNothing = (model: StepModel): StepModel => ({ ...Object.fromEntries(Object.entries(model).filter(([, value]) => value !== null)), model: model.model });

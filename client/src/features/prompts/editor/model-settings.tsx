import { useQuery } from '@apollo/client/react';
import { NumberInput, Select, Stack } from '@mantine/core';
import { problemOf } from '../../../api/api-errors';
import type { ModelSettingsInput } from '../../../gql/graphql';
import { SimulatedMark } from '../../../ui/simulated-mark';
import { modelsDocument } from '../prompt.operations';

interface ModelSettingsProps {
  settings: ModelSettingsInput;
  /** Absent: for reading only. */
  onChange?: (change: Partial<ModelSettingsInput>) => void;
  errors?: Record<string, string>;
}

/** Which model answers, and how. Empty numbers leave the choice to the provider. */
export function ModelSettings({ settings, onChange, errors = {} }: ModelSettingsProps) {
  const { data, error } = useQuery(modelsDocument);
  const models = data?.models ?? [];
  const chosen = models.find(({ id }) => id === settings.model);
  const isGone = !!data && !chosen && settings.model !== '';
  const providers = [...new Set(models.map(({ provider }) => provider))];
  const options = providers.map((group) => ({
    group,
    items: models.filter(({ provider }) => provider === group).map(({ id, name }) => ({ value: id, label: name })),
  }));
  const readOnly = !onChange;
  const setNumber = (field: 'temperature' | 'maxOutputTokens') => (value: string | number) =>
    onChange?.({ [field]: typeof value === 'number' ? value : null });

  return (
    <Stack gap="sm">
      <Select
        label="Model"
        data={isGone ? [...options, { group: 'Not offered now', items: [{ value: settings.model, label: settings.model }] }] : options}
        value={settings.model || null}
        onChange={(model) => model && onChange?.({ model })}
        readOnly={readOnly}
        allowDeselect={false}
        searchable={models.length > 8}
        error={errors['settings.model'] ?? (error ? problemOf(error).message : isGone ? 'The server does not offer this model now. Choose another one.' : null)}
      />
      {chosen?.simulated && <div><SimulatedMark /></div>}
      <NumberInput
        label="Temperature"
        description="0 is steady, 2 is wild."
        placeholder="The model’s own"
        min={0}
        max={2}
        step={0.1}
        decimalScale={2}
        value={settings.temperature ?? ''}
        onChange={setNumber('temperature')}
        readOnly={readOnly}
        error={errors['settings.temperature']}
      />
      <NumberInput
        label="Longest answer"
        description="In tokens."
        placeholder="The model’s own limit"
        min={1}
        allowDecimal={false}
        thousandSeparator=","
        value={settings.maxOutputTokens ?? ''}
        onChange={setNumber('maxOutputTokens')}
        readOnly={readOnly}
        error={errors['settings.maxOutputTokens']}
      />
    </Stack>
  );
}

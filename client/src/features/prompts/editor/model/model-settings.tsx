import { useQuery } from '@apollo/client/react';
import { NumberInput, Select, Stack, TagsInput } from '@mantine/core';
import { problemOf } from '../../../../api/api-errors';
import type { ModelSettingsInput } from '../../../../gql/graphql';
import { SimulatedMark } from '../../../../ui/simulated-mark';
import { modelsDocument } from '../../prompt.operations';

interface ModelSettingsProps {
  settings: ModelSettingsInput;
  /** Absent: for reading only. */
  onChange?: ((change: Partial<ModelSettingsInput>) => void) | undefined;
  /** By field. */
  errors?: Record<string, string>;
}

type NumberField = 'temperature' | 'topP' | 'maxOutputTokens' | 'seed';

/** Which model answers, and how. Empty fields leave the choice to the provider. */
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
  const numberProps = (field: NumberField) => ({
    value: settings[field] ?? '',
    onChange: (value: string | number) => onChange?.({ [field]: typeof value === 'number' ? value : null }),
    readOnly,
    error: errors[field],
    placeholder: 'The model’s own',
  });

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
        error={errors['model'] ?? (error ? problemOf(error).message : isGone ? 'The server does not offer this model now. Choose another one.' : null)}
      />
      {chosen?.simulated && <div><SimulatedMark /></div>}
      <NumberInput label="Temperature" description="0 is steady, 2 is wild." min={0} max={2} step={0.1} decimalScale={2} {...numberProps('temperature')} />
      <NumberInput label="Top P" description="Only the likeliest words, up to this share: 0 to 1." min={0} max={1} step={0.05} decimalScale={2} {...numberProps('topP')} />
      <NumberInput label="Longest answer" description="In tokens." min={1} allowDecimal={false} thousandSeparator="," {...numberProps('maxOutputTokens')} />
      <NumberInput label="Seed" description="The same seed gives the same answer, where the model can." min={0} allowDecimal={false} {...numberProps('seed')} />
      <TagsInput
        label="Stop sequences"
        description="The answer ends before any of these. At most 4."
        placeholder={settings.stopSequences?.length ? '' : 'Type one, then Enter'}
        maxTags={4}
        splitChars={[]}
        value={[...(settings.stopSequences ?? [])]}
        onChange={(stopSequences) => onChange?.({ stopSequences: stopSequences.length > 0 ? stopSequences : null })}
        readOnly={readOnly}
        error={errors['stopSequences']}
      />
    </Stack>
  );
}

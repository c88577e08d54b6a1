import { Autocomplete } from '@mantine/core';
import { asName, labelNameProblem } from '../labels/label-name';
import type { Label } from '../labels/label.operations';
import { usualLabels } from '../labels/new-label-form';

interface MoveLabelFieldProps {
  labels: readonly Label[];
  value: string;
  onChange: (name: string) => void;
  mayMove: (name: string) => boolean;
}

export const moveLabelProblem = (name: string, mayMove: (name: string) => boolean): string | null =>
  name === '' ? null : (labelNameProblem(name) ?? (mayMove(name) ? null : `${name} is protected: only an owner of the workspace moves it.`));

/** Which label moves to the new version in the same stroke; a new one may be named. */
export function MoveLabelField({ labels, value, onChange, mayMove }: MoveLabelFieldProps) {
  const known = labels.find(({ name }) => name === value);
  const problem = moveLabelProblem(value, mayMove);
  return (
    <Autocomplete
      label="Move a label there"
      placeholder="None"
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      description={known ? `${value} leaves ${known.version.version}.` : value ? `${value} is new.` : 'Callers that ask for it get the new version at once.'}
      value={value}
      maxLength={50}
      onChange={(text) => onChange(asName(text))}
      error={problem}
      data={[...labels.map(({ name }) => ({ value: name, disabled: !mayMove(name) })), ...usualLabels.filter((name) => !labels.some((label) => label.name === name))]}
      renderOption={({ option }) => {
        const label = labels.find(({ name }) => name === option.value);
        return (
          <span>
            {option.value}{' '}
            <span style={{ color: 'var(--mantine-color-dimmed)' }}>
              {!mayMove(option.value) ? 'protected, only an owner moves it' : label ? `leaves ${label.version.version}` : 'new'}
            </span>
          </span>
        );
      }}
    />
  );
}

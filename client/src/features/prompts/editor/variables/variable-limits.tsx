import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { DraftVariable } from '../prompt-draft';
import { limitsOf, type LimitField } from './variable-type';
import classes from './variables.module.css';

const limitLabels: Record<Exclude<LimitField, 'allowedValues' | 'pattern'>, string> = { minLength: 'At least', maxLength: 'At most', minimum: 'At least', maximum: 'At most' };

interface VariableLimitsProps {
  variable: DraftVariable;
  /** Undefined: for reading only. */
  set: ((change: Partial<DraftVariable>) => void) | undefined;
  errors: Record<string, string>;
}

/** The limits that make sense for the type of a variable. */
export function VariableLimits({ variable, set, errors }: VariableLimitsProps) {
  const limits = limitsOf(variable.type);
  const unit = variable.type === 'NUMBER' ? '' : variable.type === 'LIST' || variable.type === 'MESSAGES' ? ' items' : ' characters';
  const numberField = (field: keyof typeof limitLabels) => (
    <NumberInput
      key={field}
      size="xs"
      label={limitLabels[field]}
      aria-label={`${limitLabels[field]}${unit}, ${variable.name}`}
      suffix={unit}
      placeholder="No limit"
      hideControls
      min={unit ? 0 : undefined}
      allowDecimal={!unit}
      value={variable[field] ?? ''}
      readOnly={!set}
      onChange={(value) => set?.({ [field]: typeof value === 'number' ? value : undefined })}
      error={errors[field]}
    />
  );
  return (
    <>
      {limits.includes('allowedValues') && (
        <TagsInput
          size="xs"
          label="Allowed values"
          aria-label={`Allowed values of ${variable.name}`}
          placeholder={variable.allowedValues?.length ? '' : 'Type one, then Enter'}
          value={[...(variable.allowedValues ?? [])]}
          readOnly={!set}
          onChange={(allowedValues) => set?.({ allowedValues })}
          error={errors['allowedValues']}
        />
      )}
      {limits.includes('minLength') && <div className={classes.pair}>{numberField('minLength')}{numberField('maxLength')}</div>}
      {limits.includes('minimum') && <div className={classes.pair}>{numberField('minimum')}{numberField('maximum')}</div>}
      {limits.includes('pattern') && (
        <TextInput
          size="xs"
          label="Pattern"
          aria-label={`Pattern of ${variable.name}`}
          placeholder="A regular expression for the whole of it"
          classNames={{ input: classes.nameInput }}
          value={variable.pattern ?? ''}
          readOnly={!set}
          onChange={({ currentTarget: { value } }) => set?.({ pattern: value || undefined })}
          error={errors['pattern']}
        />
      )}
    </>
  );
}

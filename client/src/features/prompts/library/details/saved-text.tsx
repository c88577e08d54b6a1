import { Textarea, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { formProblem } from '../../../../api/api-errors';

interface SavedTextProps {
  label: string;
  /** The field's name in the input, by which the server refers to it. */
  field: string;
  value: string;
  onSave: (text: string) => Promise<void>;
  readOnly: boolean;
  /** Said where it may not be empty. */
  required?: string;
  maxLength: number;
  multiline?: boolean;
  placeholder?: string;
}

/** A text that is saved when it is left, or with Enter; Esc brings back what was there. */
export function SavedText({ label, field, value, onSave, readOnly, required, maxLength, multiline = false, placeholder }: SavedTextProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const [error, setError] = useState<string>();
  const [saved, setSaved] = useState(false);
  // It was changed elsewhere: what nobody is writing on follows.
  if (known !== value) {
    setKnown(value);
    if (typed === known) setTyped(value);
  }

  const save = async () => {
    const text = typed.trim();
    if (text === value) return setTyped(value);
    if (!text && required) return setError(required);
    try {
      await onSave(text);
      setTyped(text);
      setError(undefined);
      setSaved(true);
    } catch (failure) {
      const { fieldErrors, general } = formProblem(failure, [field]);
      setError(fieldErrors[field] ?? general ?? undefined);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape' && typed !== value) {
      setTyped(value);
      setError(undefined);
    }
  };
  const props = {
    label,
    readOnly,
    placeholder,
    maxLength,
    value: typed,
    error,
    // The first Esc is for the text, the next one for the drawer around it.
    'data-mantine-stop-propagation': typed !== value,
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      setTyped(currentTarget.value);
      setSaved(false);
    },
    onBlur: () => void save(),
    onKeyDown,
    rightSection: saved && typed === value ? <span role="status" aria-label={`${label} saved`} title="Saved"><IconCheck size={16} color="var(--pp-success)" /></span> : null,
  };
  return multiline ? <Textarea {...props} autosize minRows={2} maxRows={8} /> : <TextInput {...props} />;
}

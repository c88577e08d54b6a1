import { Button, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { formProblem } from '../../../api/api-errors';
import type { ApprovalOutcome } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { RunField } from '../../workflows/run-field';
import { readTexts, startingTexts } from '../../workflows/run-values';
import classes from './decisions.module.css';
import { inputsOfForm } from './form-inputs';

export interface Said {
  outcome: ApprovalOutcome;
  comment: string;
  /** What was filled in, where there is a form and it is approved. */
  values: unknown;
}

interface ApprovalFormProps {
  /** A JSON Schema of what is filled in; null: nothing is. */
  schema: unknown;
  /** @throws what the API answered instead */
  onDecide: (said: Said) => Promise<void>;
  /** What stands above the comment. */
  children?: ReactNode;
}

/** Where somebody approves or rejects. */
export function ApprovalForm({ schema, onDecide, children }: ApprovalFormProps) {
  const inputs = inputsOfForm(schema);
  const names = inputs.map(({ name }) => name);
  const [texts, setTexts] = useState(() => startingTexts(inputs, null));
  const [comment, setComment] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<ApprovalOutcome | null>(null);
  const id = useId();
  const fieldId = (name: string) => `${id}-${name}`;

  const show = (found: Record<string, string>) => {
    setErrors(found);
    const first = names.find((name) => found[name] !== undefined);
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
  };
  const decide = async (outcome: ApprovalOutcome, values: unknown) => {
    if (busy) return;
    setProblem(null);
    setBusy(outcome);
    try {
      await onDecide({ outcome, comment, values });
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, names, 'input.values.');
      show(fieldErrors);
      setProblem(general);
    } finally {
      setBusy(null);
    }
  };
  const approve = (event: FormEvent) => {
    event.preventDefault();
    const { given, problems, missing } = readTexts(inputs, texts);
    const found = { ...Object.fromEntries(missing.map((name) => [name, 'Fill this in.'])), ...problems };
    show(found);
    if (Object.keys(found).length === 0) void decide('APPROVED', schema ? given : null);
  };
  const change = (name: string, text: string) => {
    setTexts((current) => ({ ...current, [name]: text }));
    setErrors(({ [name]: _, ...others }) => others);
  };
  return (
    <form className={classes.form} noValidate onSubmit={approve}>
      {inputs.map((input) => (
        <RunField key={input.name} id={fieldId(input.name)} input={input} text={texts[input.name] ?? ''} error={errors[input.name]} autoFocus={false} onChange={(text) => change(input.name, text)} />
      ))}
      {children}
      <Textarea label="Comment" description="Kept with the run." autosize minRows={1} maxRows={8} maxLength={2000} value={comment} onChange={({ currentTarget }) => setComment(currentTarget.value)} />
      <FormAlert>{problem}</FormAlert>
      <div className={classes.buttons}>
        <Button type="submit" leftSection={<IconCheck size={16} />} loading={busy === 'APPROVED'} disabled={busy === 'REJECTED'}>Approve</Button>
        <Button variant="default" leftSection={<IconX size={16} />} loading={busy === 'REJECTED'} disabled={busy === 'APPROVED'} onClick={() => void decide('REJECTED', null)}>Reject</Button>
      </div>
    </form>
  );
}

export function NameField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return <TextInput label="Your name" description="Kept with the run." autoComplete="name" maxLength={100} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
}

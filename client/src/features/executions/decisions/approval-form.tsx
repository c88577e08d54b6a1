import { Button, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { problemOf } from '../../../api/api-errors';
import type { ApprovalOutcome } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import classes from './decisions.module.css';
import { formFieldsOf, initialValues, problemsIn, sentValues } from './form-fields';
import { SchemaForm } from './schema-form';

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
  const fields = formFieldsOf(schema);
  const [values, setValues] = useState(() => initialValues(fields));
  const [comment, setComment] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<ReactNode>(null);
  const [busy, setBusy] = useState<ApprovalOutcome | null>(null);
  const id = useId();

  const decide = async (outcome: ApprovalOutcome) => {
    if (busy) return;
    setProblem(null);
    setBusy(outcome);
    try {
      await onDecide({ outcome, comment, values: outcome === 'APPROVED' && schema ? sentValues(fields, values) : null });
    } catch (error) {
      setProblem(<Refusal error={error} />);
    } finally {
      setBusy(null);
    }
  };
  const approve = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsIn(fields, values);
    setErrors(found);
    if (Object.keys(found).length > 0) requestAnimationFrame(() => document.getElementById(id)?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    else void decide('APPROVED');
  };
  const change = (name: string, value: unknown) => {
    setValues((current) => ({ ...current, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others);
  };
  return (
    <form id={id} className={classes.form} noValidate onSubmit={approve}>
      <SchemaForm fields={fields} values={values} errors={errors} onChange={change} />
      {children}
      <Textarea label="Comment" description="Kept with the run." autosize minRows={1} maxRows={8} maxLength={2000} value={comment} onChange={({ currentTarget }) => setComment(currentTarget.value)} />
      <FormAlert>{problem}</FormAlert>
      <div className={classes.buttons}>
        <Button type="submit" leftSection={<IconCheck size={16} />} loading={busy === 'APPROVED'} disabled={busy === 'REJECTED'}>Approve</Button>
        <Button variant="default" leftSection={<IconX size={16} />} loading={busy === 'REJECTED'} disabled={busy === 'APPROVED'} onClick={() => void decide('REJECTED')}>Reject</Button>
      </div>
    </form>
  );
}

export function NameField({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return <TextInput label="Your name" description="Kept with the run." autoComplete="name" maxLength={100} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
}

function Refusal({ error }: { error: unknown }) {
  const { message, fields } = problemOf(error);
  const [first] = fields;
  if (!first) return message;
  if (fields.length === 1) return first.message;
  return <ul className={classes.problems}>{fields.map((field) => <li key={field.message}>{field.message}</li>)}</ul>;
}

import { useQuery } from '@apollo/client/react';
import { Autocomplete, Textarea } from '@mantine/core';
import { productEventsDocument } from '../../event/event.operations';
import classes from './webhook/webhook.module.css';

export interface EventSettings {
  /** May hold `*`. */
  type: string;
  /** JSONata over `{ type, payload }`. */
  filter?: string | undefined;
}

export const newEvent = (): EventSettings => ({ type: '' });

interface EventFormProps {
  value: EventSettings;
  onChange: (value: EventSettings) => void;
  errors: Readonly<Record<string, string | undefined>>;
}

const order: ['label', 'input', 'description', 'error'] = ['label', 'input', 'description', 'error'];

/** Which events launch a workflow: the product's own, or those that programs emit. */
export function EventForm({ value, onChange, errors }: EventFormProps) {
  const { data } = useQuery(productEventsDocument);
  const own = data?.productEvents.map(({ type }) => type) ?? [];
  return (
    <div className={classes.form}>
      <Autocomplete
        label="Event"
        description="Choose one of the product’s own, or write the type that your programs emit, such as order.paid. An * stands for any part: order.*, execution.*."
        inputWrapperOrder={order}
        placeholder="order.paid"
        data={own}
        maxLength={200}
        value={value.type}
        error={errors['type']}
        onChange={(type) => onChange({ ...value, type })}
      />
      <Textarea
        label="Only if"
        description="A JSONata condition over type and payload, such as payload.execution.workflowId = &quot;…&quot;. Without one every such event launches the workflow."
        inputWrapperOrder={order}
        autosize
        minRows={2}
        maxRows={8}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        spellCheck={false}
        value={value.filter ?? ''}
        error={errors['filter']}
        onChange={({ currentTarget }) => onChange({ ...value, filter: currentTarget.value === '' ? undefined : currentTarget.value })}
      />
    </div>
  );
}

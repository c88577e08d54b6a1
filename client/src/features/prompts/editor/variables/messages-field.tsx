import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { FieldLabel } from './field-label';
import { JsonField } from './json-field';
import { isGivenMessage, type GivenMessage } from './variable-type';
import classes from './variables.module.css';

interface MessagesFieldProps {
  label: string;
  accessibleName?: string | undefined;
  value: unknown;
  onChange?: ((value: unknown) => void) | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean | undefined;
}

const roles = [{ value: 'USER', label: 'User' }, { value: 'ASSISTANT', label: 'Assistant' }, { value: 'SYSTEM', label: 'System' }];

/** Messages that are given at run time, such as what was said before. */
export function MessagesField({ label, accessibleName = label, value, onChange, description, error, required }: MessagesFieldProps) {
  const messages = value === undefined || value === null ? [] : value;
  if (!isMessages(messages)) return <JsonField {...{ label, accessibleName, value, onChange, description, error, required }} placeholder="[ ]" />;
  const set = (next: GivenMessage[]) => onChange?.(next.length > 0 ? next : undefined);
  const update = (index: number, message: GivenMessage, change: Partial<GivenMessage>) => set(messages.with(index, { ...message, ...change }));
  return (
    <div role="group" aria-label={accessibleName}>
      <FieldLabel {...{ label, description, required }} />
      <div className={classes.items}>
        {messages.map((message, index) => (
          <div key={index} className={classes.given}>
            <div className={classes.item}>
              <NativeSelect
                size="xs"
                aria-label={`Role of message ${index + 1}`}
                data={roles}
                value={message.role.toUpperCase()}
                disabled={!onChange}
                onChange={({ currentTarget }) => update(index, message, { role: currentTarget.value })}
              />
              {onChange && (
                <ActionIcon variant="subtle" color="gray" aria-label={`Remove message ${index + 1}`} onClick={() => set(messages.toSpliced(index, 1))}>
                  <IconX size={14} />
                </ActionIcon>
              )}
            </div>
            <Textarea
              size="xs"
              aria-label={`Text of message ${index + 1}`}
              autosize
              minRows={1}
              maxRows={6}
              value={message.content}
              readOnly={!onChange}
              onChange={({ currentTarget }) => update(index, message, { content: currentTarget.value })}
            />
          </div>
        ))}
        {onChange && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={12} />}
            className={classes.addItem}
            onClick={() => set([...messages, { role: messages.at(-1)?.role.toUpperCase() === 'USER' ? 'ASSISTANT' : 'USER', content: '' }])}
          >
            Add message
          </Button>
        )}
        {!onChange && messages.length === 0 && <span className={classes.none}>None</span>}
      </div>
      {error && <p className={classes.fieldError} role="alert">{error}</p>}
    </div>
  );
}

const isMessages = (value: unknown): value is GivenMessage[] => Array.isArray(value) && value.every(isGivenMessage);

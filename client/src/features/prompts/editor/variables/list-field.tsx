import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { FieldLabel } from './field-label';
import { JsonField } from './json-field';
import classes from './variables.module.css';

interface ListFieldProps {
  label: string;
  accessibleName?: string | undefined;
  value: unknown;
  onChange?: ((value: unknown) => void) | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean | undefined;
}

/** A list of texts, one field each; a list of anything else as JSON. */
export function ListField({ label, accessibleName = label, value, onChange, description, error, required }: ListFieldProps) {
  const group = useRef<HTMLDivElement>(null);
  const items = value === undefined || value === null ? [] : value;
  if (!isTexts(items)) return <JsonField {...{ label, accessibleName, value, onChange, description, error, required }} placeholder="[ ]" />;

  const set = (next: string[]) => onChange?.(next.length > 0 ? next : undefined);
  const focusItem = (index: number) => requestAnimationFrame(() => group.current?.querySelectorAll('input')[index]?.focus());
  const insert = (index: number) => {
    set(items.toSpliced(index, 0, ''));
    focusItem(index);
  };
  return (
    <div ref={group} role="group" aria-label={accessibleName}>
      <FieldLabel {...{ label, description, required }} />
      <div className={classes.items}>
        {items.map((item, index) => (
          <div key={index} className={classes.item}>
            <TextInput
              size="xs"
              aria-label={`Item ${index + 1}`}
              value={item}
              readOnly={!onChange}
              onChange={({ currentTarget }) => set(items.with(index, currentTarget.value))}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && onChange) {
                  event.preventDefault();
                  insert(index + 1);
                } else if (event.key === 'Backspace' && item === '' && onChange) {
                  event.preventDefault();
                  set(items.toSpliced(index, 1));
                  focusItem(Math.max(0, index - 1));
                }
              }}
            />
            {onChange && (
              <ActionIcon variant="subtle" color="gray" aria-label={`Remove item ${index + 1}`} onClick={() => {
                set(items.toSpliced(index, 1));
                focusItem(Math.max(0, index - 1));
              }}>
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        ))}
        {onChange && (
          <Button variant="default" size="compact-xs" leftSection={<IconPlus size={12} />} onClick={() => insert(items.length)} className={classes.addItem}>
            Add item
          </Button>
        )}
        {!onChange && items.length === 0 && <span className={classes.none}>None</span>}
      </div>
      {error && <p className={classes.fieldError} role="alert">{error}</p>}
    </div>
  );
}

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

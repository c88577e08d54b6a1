import { ActionIcon, TextInput } from '@mantine/core';
import { IconTool, IconTrash } from '@tabler/icons-react';
import { JsonEditor } from '../code/json-editor';
import type { DraftTool } from '../prompt-draft';
import classes from './model.module.css';

interface ToolCardProps {
  tool: DraftTool;
  /** Absent: for reading only. */
  onChange?: ((change: Partial<DraftTool>) => void) | undefined;
  onRemove: () => void;
  errors: Record<string, string>;
  autoFocus: boolean;
}

/** A function that the model may ask to be called. */
export function ToolCard({ tool: { name, description, parameters }, onChange, onRemove, errors, autoFocus }: ToolCardProps) {
  const called = name.trim() === '' ? 'the new tool' : name;
  const nameProblem = name === '' || /^[a-zA-Z0-9_-]{1,64}$/.test(name) ? undefined : 'Use letters, digits, _ and -, at most 64 characters.';
  return (
    <section className={classes.card} aria-label={`Tool ${name}`}>
      <div className={classes.bar}>
        <IconTool size={14} aria-hidden className={classes.icon} />
        <span className={classes.title}>Tool</span>
        {onChange && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${called}`} title="Remove" onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </div>
      <div className={classes.fields}>
        <div className={classes.pair}>
          <TextInput
            size="xs"
            label="Name"
            aria-label="Name of the tool"
            placeholder="search_orders"
            classNames={{ input: classes.mono }}
            autoFocus={autoFocus}
            value={name}
            readOnly={!onChange}
            onChange={({ currentTarget: { value } }) => onChange?.({ name: value })}
            error={nameProblem ?? (name === '' ? undefined : errors['name'])}
          />
          <TextInput
            size="xs"
            label="What it does"
            aria-label={`What ${called} does`}
            placeholder="The model decides by this when to call it"
            value={description}
            readOnly={!onChange}
            onChange={({ currentTarget: { value } }) => onChange?.({ description: value })}
            error={errors['description']}
          />
        </div>
        <div>
          <div className={classes.label} aria-hidden>Parameters, as a JSON Schema</div>
          <JsonEditor label={`Parameters of ${called}, as a JSON Schema`} value={parameters} onChange={onChange && ((value) => onChange({ parameters: value }))} mustBeObject error={errors['parameters']} />
        </div>
      </div>
    </section>
  );
}

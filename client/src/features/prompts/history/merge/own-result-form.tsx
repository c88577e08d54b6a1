import { ActionIcon, Button, Group, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { moved, roleNames } from '../../editor/prompt-draft';
import classes from './merge.module.css';
import type { Conflict } from './merge.operations';
import { formOf, ownText, readOwn } from './own-result';

interface OwnResultFormProps {
  conflict: Conflict;
  /** What was given before, or a side to begin with. */
  initial: unknown;
  /** Names a message in words. */
  messageName: (id: string) => string;
  onUse: (value: unknown) => void;
  onCancel: () => void;
}

/** A result that is none of the sides. */
export function OwnResultForm({ conflict, initial, messageName, onUse, onCancel }: OwnResultFormProps) {
  const form = formOf(conflict);
  const [text, setText] = useState(() => ownText(form, initial));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (next: string) => {
    setText(next);
    setProblem(null);
  };
  const use = () => {
    const read = readOwn(conflict, form, text);
    if ('problem' in read) setProblem(read.problem);
    else onUse(read.value);
  };
  const label = 'Result of your own';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) use();
      }}
    >
      <Stack gap="xs">
        {form === 'order' ? (
          <OrderField ids={text.split('\n')} onChange={(ids) => change(ids.join('\n'))} messageName={messageName} />
        ) : form === 'choice' ? (
          <Select
            label={label}
            data={conflict.kind === 'MESSAGE_ROLE' ? Object.entries(roleNames).map(([value, name]) => ({ value, label: name })) : [{ value: 'true', label: 'yes' }, { value: 'false', label: 'no' }]}
            value={text}
            onChange={(value) => change(value ?? '')}
            allowDeselect={false}
            autoFocus
          />
        ) : form === 'number' ? (
          <NumberInput label={label} value={text} onChange={(value) => change(String(value))} error={problem} autoFocus />
        ) : (
          <Textarea
            label={label}
            description={form === 'lines' ? 'One a line.' : form === 'json' ? 'As JSON.' : undefined}
            autosize
            minRows={2}
            maxRows={16}
            value={text}
            error={problem}
            onChange={({ currentTarget: { value } }) => change(value)}
            classNames={{ input: classes.ownText }}
            autoFocus
          />
        )}
        <Group gap="xs">
          <Button type="submit" size="compact-sm" title="Ctrl or ⌘ Enter">Use this</Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  );
}

function OrderField({ ids, onChange, messageName }: { ids: string[]; onChange: (ids: string[]) => void; messageName: (id: string) => string }) {
  const move = (from: number, to: number) => onChange(moved(ids, from, to));
  return (
    <ol className={classes.order}>
      {ids.map((id, index) => (
        <li key={id}>
          <span className={classes.orderName}>{messageName(id)}</span>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Move ${messageName(id)} up`} disabled={index === 0} onClick={() => move(index, index - 1)}><IconArrowUp size={14} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Move ${messageName(id)} down`} disabled={index === ids.length - 1} onClick={() => move(index, index + 1)}><IconArrowDown size={14} /></ActionIcon>
        </li>
      ))}
    </ol>
  );
}

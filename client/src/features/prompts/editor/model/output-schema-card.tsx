import { ActionIcon, Button, Group, Modal, Stack } from '@mantine/core';
import { IconBraces, IconTrash, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { JsonEditor } from '../code/json-editor';
import { jsonText } from '../prompt-draft';
import classes from './model.module.css';
import { schemaOf } from './schema-of-sample';

interface OutputSchemaCardProps {
  schema: string;
  /** Absent: for reading only. */
  onChange?: ((schema: string) => void) | undefined;
  onRemove: () => void;
  error: string | undefined;
}

/** What the model's answer must be: JSON that fits a schema. */
export function OutputSchemaCard({ schema, onChange, onRemove, error }: OutputSchemaCardProps) {
  const [opened, setOpened] = useState(false);
  return (
    <section className={classes.card} aria-label="Output schema">
      <div className={classes.bar}>
        <IconBraces size={14} aria-hidden className={classes.icon} />
        <span className={classes.title}>Output schema</span>
        {onChange && (
          <>
            <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconWand size={14} />} onClick={() => setOpened(true)}>Start from a sample…</Button>
            <ActionIcon variant="subtle" color="gray" aria-label="Remove the output schema" title="Remove" onClick={onRemove}>
              <IconTrash size={16} />
            </ActionIcon>
          </>
        )}
      </div>
      <div className={classes.fields}>
        <p className={classes.hint}>The answer is JSON that fits this JSON Schema.</p>
        <JsonEditor label="Output schema, as a JSON Schema" value={schema} onChange={onChange} mustBeObject error={error} minLines={6} placeholder={'{ "type": "object", "properties": { } }'} />
      </div>
      {onChange && (
        <SampleDialog
          opened={opened}
          onClose={() => setOpened(false)}
          onSchema={(made) => {
            onChange(jsonText(made));
            setOpened(false);
          }}
        />
      )}
    </section>
  );
}

const sampleAnswer = jsonText({ title: 'A short title', sentiment: 'positive', score: 0.8, tags: ['first', 'second'] });

function SampleDialog({ opened, onClose, onSchema }: { opened: boolean; onClose: () => void; onSchema: (schema: object) => void }) {
  const [sample, setSample] = useState(sampleAnswer);
  const value = readObject(sample);
  return (
    <Modal opened={opened} onClose={onClose} title="Start from a sample answer" size="lg">
      <Stack>
        <div className={classes.hint}>Write an answer as you would like it. The schema that it fits takes the place of the one that is there.</div>
        <JsonEditor label="Sample answer" value={sample} onChange={setSample} mustBeObject minLines={8} autoFocus />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button disabled={!value} onClick={() => value && onSchema(schemaOf(value))}>Make the schema</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function readObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

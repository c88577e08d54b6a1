import { ActionIcon, Button, Checkbox, JsonInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { InputType } from '../../gql/graphql';
import { notifyUndo } from '../../ui/notify-undo';
import { addInput, newInput, removeInput, updateInput, type DraftInput } from './draft';
import { fieldId, focusField, useEditor, useField } from './editor-context';
import classes from './editor.module.css';
import { InputMore } from './input-more';
import { inputTypeNames } from './input-value';

/** What whoever runs the workflow gives it. */
export function InputsSection() {
  const { draft, change } = useEditor();
  const add = () => {
    const input = newInput();
    change((current) => addInput(current, input));
    requestAnimationFrame(() => focusField(`inputs.${input.id}.name`));
  };
  return (
    <section className={classes.section} aria-labelledby="inputs-title">
      <h2 id="inputs-title" className={classes.sectionTitle}>Inputs</h2>
      <p className={classes.sectionHint}>What is asked for when the workflow is run. Steps use them by name.</p>
      {draft.inputs.length > 0 && (
        <ul className={classes.inputs} id={fieldId('inputs')}>
          {draft.inputs.map((input, index) => <InputRow key={input.id} input={input} index={index} />)}
        </ul>
      )}
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>Add input</Button>
    </section>
  );
}

const typeChoices = Object.entries(inputTypeNames).map(([value, label]) => ({ value: value as InputType, label }));

function InputRow({ input, index }: { input: DraftInput; index: number }) {
  const { change } = useEditor();
  const anchor = `inputs.${input.id}`;
  const name = useField(`${anchor}.name`);
  const description = useField(`${anchor}.description`);
  const type = useField(`${anchor}.type`);
  const called = input.name.trim() || `input ${index + 1}`;
  const update = (field: string, changes: Partial<DraftInput>) => change((draft) => updateInput(draft, input.id, changes), `${anchor}.${field}`);
  const remove = () => {
    change((draft) => removeInput(draft, input.id));
    notifyUndo(`Removed the input “${called}”.`, () => change((draft) => addInput(draft, input, index)));
  };
  return (
    <li className={classes.input} aria-label={called}>
      <TextInput
        {...name}
        label="Name"
        placeholder="document"
        maxLength={50}
        value={input.name}
        onChange={({ currentTarget: { value } }) => update('name', { name: value })}
      />
      <Select
        {...type}
        label="Type"
        data={typeChoices}
        value={input.type}
        allowDeselect={false}
        onChange={(value) => value && update('default', retyped(input, value))}
      />
      <div className={classes.inputDefault}>
        <DefaultField input={input} anchor={`${anchor}.default`} onChange={(defaultText) => update('default', { defaultText })} />
      </div>
      <TextInput
        {...description}
        className={classes.inputDescription}
        label="Description"
        placeholder="Optional"
        maxLength={500}
        value={input.description}
        onChange={({ currentTarget: { value } }) => update('description', { description: value })}
      />
      <div className={classes.inputEnd}>
        <Checkbox label="Required" checked={input.required} onChange={({ currentTarget: { checked } }) => update('required', { required: checked })} />
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove the input ${called}`} title="Remove" onClick={remove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <InputMore input={input} />
    </li>
  );
}

/** What is written for one type of input is kept for another, but for what can't be. */
function retyped({ type, defaultText, sampleText, schemaText }: DraftInput, next: InputType): Partial<DraftInput> {
  const isText = (each: InputType) => each === 'STRING' || each === 'TEXT';
  const isKept = next === type || (isText(next) && isText(type));
  return { type: next, defaultText: next === 'BOOLEAN' ? '' : defaultText, sampleText: next === 'BOOLEAN' ? '' : sampleText, schemaText: isKept ? schemaText : '' };
}

function DefaultField({ input, anchor, onChange }: { input: DraftInput; anchor: string; onChange: (text: string) => void }) {
  const field = useField(anchor);
  const common = { ...field, label: 'Default', placeholder: 'None', value: input.defaultText };
  if (input.type === 'BOOLEAN') {
    return (
      <Select
        {...common}
        clearable
        data={[{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
        value={input.defaultText || null}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  }
  if (input.type === 'TEXT') return <Textarea {...common} autosize minRows={1} maxRows={4} onChange={({ currentTarget: { value } }) => onChange(value)} />;
  if (input.type === 'JSON') return <JsonInput {...common} autosize minRows={1} maxRows={6} onChange={onChange} />;
  return (
    <TextInput {...common} inputMode={input.type === 'NUMBER' ? 'decimal' : undefined} onChange={({ currentTarget: { value } }) => onChange(value)} />
  );
}

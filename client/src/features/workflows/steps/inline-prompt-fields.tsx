import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTemplateAnalysis } from '../../prompts/editor/template/use-template-analysis';
import { changeSettings, type DraftStep } from '../draft';
import { fieldId, focusField, useEditor } from '../editor-context';
import classes from '../editor.module.css';
import { namesOf, TemplateField } from './code-fields';
import { GivenValues } from './named-values';
import { OutputSchemaField } from './output-schema-field';
import { promptSettings, type InlineMessage, type InlinePrompt } from './prompt.rules';
import { RepairsField, StepModels } from './step-models';
import { useTakenVariables } from './use-taken-variables';

const noPrompt: InlinePrompt = { messages: [] };

/** A prompt that only this step has. */
export function InlinePromptFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}`;
  const { inline = noPrompt } = promptSettings(step.settings);
  useTakenVariables(step.id, useVariablesOf(inline.messages));
  const set = (changes: Partial<InlinePrompt>, at: string) => change((draft) => changeSettings(draft, step.id, { inline: { ...inline, ...changes } }), `${anchor}.${at}`);
  return (
    <>
      <Messages step={step} messages={inline.messages} onChange={(messages, at) => set({ messages }, at)} />
      <StepModels step={step} />
      <OutputSchemaField anchor={`${anchor}.outputSchema`} schema={inline.outputSchema} onChange={(outputSchema) => set({ outputSchema }, 'outputSchema')} />
      {inline.outputSchema !== undefined && <RepairsField step={step} />}
      <GivenValues step={step} title="Variables" empty="Write {{ name }} in a message, and name is a variable that gets its value here." />
    </>
  );
}

function useVariablesOf(messages: readonly InlineMessage[]) {
  const text = JSON.stringify(messages);
  // The settings are read anew each time; their text tells whether they differ.
  const drafts = useMemo(() => messages.map((message, index) => ({ ...message, key: String(index) })), [text]); // eslint-disable-line react-hooks/exhaustive-deps
  const analysis = useTemplateAnalysis(drafts);
  if (!analysis) return undefined;
  const names = [...new Set([...analysis.values()].flatMap(({ uses }) => uses.map(({ name }) => name)))];
  return names.map((name) => ({ name, optional: false }));
}

const roles: { value: InlineMessage['role']; label: string }[] = [
  { value: 'SYSTEM', label: 'System' },
  { value: 'USER', label: 'User' },
  { value: 'ASSISTANT', label: 'Assistant' },
];

interface MessagesProps {
  step: DraftStep;
  messages: InlineMessage[];
  onChange: (messages: InlineMessage[], field: string) => void;
}

function Messages({ step, messages, onChange }: MessagesProps) {
  const anchor = `steps.${step.id}.messages`;
  const add = () => {
    onChange([...messages, { role: messages.at(-1)?.role === 'USER' ? 'ASSISTANT' : 'USER', content: '' }], 'messages');
    requestAnimationFrame(() => focusField(`${anchor}.${messages.length}`));
  };
  return (
    <div role="group" aria-label="Messages" id={fieldId(anchor)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>Messages</h3>
      <ol className={classes.lines}>
        {messages.map((message, index) => (
          <MessageLine key={index} step={step} message={message} index={index} count={messages.length} onChange={(next) => onChange(next, `messages.${index}`)} messages={messages} />
        ))}
      </ol>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>Add message</Button>
    </div>
  );
}

interface MessageLineProps {
  step: DraftStep;
  message: InlineMessage;
  messages: InlineMessage[];
  index: number;
  count: number;
  onChange: (messages: InlineMessage[]) => void;
}

function MessageLine({ step, message, messages, index, count, onChange }: MessageLineProps) {
  const move = (by: -1 | 1) => onChange(messages.toSpliced(index, 1).toSpliced(index + by, 0, message));
  const number = `message ${index + 1}`;
  const placeholder = message.role === 'PLACEHOLDER' ? [{ value: message.role, label: 'Placeholder' }] : [];
  return (
    <li>
      <div className={classes.messageBar}>
        <NativeSelect
          size="xs"
          aria-label={`Role of ${number}`}
          data={[...roles, ...placeholder]}
          value={message.role}
          onChange={({ currentTarget: { value } }) => onChange(messages.with(index, { ...message, role: roles.find((role) => role.value === value)?.value ?? message.role }))}
        />
        <span>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${number} up`} title="Move up" disabled={index === 0} onClick={() => move(-1)}><IconArrowUp size={16} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${number} down`} title="Move down" disabled={index === count - 1} onClick={() => move(1)}><IconArrowDown size={16} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${number}`} title="Remove" disabled={count === 1} onClick={() => onChange(messages.toSpliced(index, 1))}><IconTrash size={16} /></ActionIcon>
        </span>
      </div>
      <TemplateField
        anchor={`steps.${step.id}.messages.${index}`}
        label={`Text of ${number}`}
        value={message.content}
        example={message.role === 'SYSTEM' ? 'How the model should behave' : 'Text with {{ variables }}'}
        names={namesOf(step)}
        lines={2}
        onChange={(content) => onChange(messages.with(index, { ...message, content }))}
      />
    </li>
  );
}

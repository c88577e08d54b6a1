import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PromptDraft, PromptKind } from './prompt-draft';
import classes from './prompt-editor.module.css';
import { MessageList } from './message-list';
import { ModelSettings } from './model-settings';
import { TemplateEditor } from './template-editor';
import { TemplateProblemLine } from './template-problem-line';
import { useTemplateAnalysis } from './use-template-analysis';
import { VariableList } from './variable-list';

interface PromptWorkbenchProps {
  kind: PromptKind;
  /** Absent once the prompt exists: its kind is then for good. */
  onKindChange?: (kind: PromptKind) => void;
  draft: PromptDraft;
  /** Absent: for reading only. */
  onChange?: (change: (draft: PromptDraft) => PromptDraft) => void;
  errors?: Record<string, string>;
  /** Over the text: fields of a new prompt, or what to know of a version. */
  above?: ReactNode;
  rail?: ReactNode;
}

/** The text of a prompt in the middle, what it asks for and which model answers beside it. */
export function PromptWorkbench({ kind, onKindChange, draft, onChange, errors = {}, above, rail }: PromptWorkbenchProps) {
  const shown = kind === 'CHAT' ? draft.messages : draft.messages.filter((message) => message === textMessageOf(draft));
  const { variables, problems } = useTemplateAnalysis(shown);
  const text = shown[0];
  const readOnly = !onChange;

  return (
    <div className={classes.workbench} data-with-rail={rail ? true : undefined}>
      {rail && <div className={classes.railColumn}>{rail}</div>}
      <div className={classes.main}>
        {above}
        {onKindChange && (
          <SegmentedControl
            aria-label="Kind of prompt"
            value={kind}
            onChange={(value) => onKindChange(value === 'CHAT' ? 'CHAT' : 'TEXT')}
            data={[
              { value: 'TEXT', label: 'Text' },
              { value: 'CHAT', label: 'Chat messages' },
            ]}
            className={classes.kind}
          />
        )}
        {kind === 'CHAT' ? (
          <MessageList
            messages={draft.messages}
            onChange={onChange && ((change) => onChange((current) => ({ ...current, messages: change(current.messages) })))}
            problems={problems}
            variables={variables}
          />
        ) : (
          text && (
            <div className={classes.message}>
              <TemplateEditor
                key={text.key}
                label="Text of the prompt"
                value={text.content}
                onChange={onChange && ((content) => onChange((current) => ({
                  ...current,
                  messages: current.messages.map((message) => (message.key === text.key ? { ...message, content } : message)),
                })))}
                readOnly={readOnly}
                problem={problems.get(text.key)}
                variables={variables}
                placeholder="Write to the model. Put {{ variables }} where values belong."
                minLines={14}
              />
              <TemplateProblemLine problem={problems.get(text.key)} />
            </div>
          )
        )}
      </div>
      <aside className={classes.aside} aria-label="Variables and model">
        <section>
          <h2 className={classes.heading}>Variables</h2>
          <VariableList variables={variables} />
        </section>
        <section>
          <h2 className={classes.heading}>Answered by</h2>
          <ModelSettings
            settings={draft.settings}
            onChange={onChange && ((change) => onChange((current) => ({ ...current, settings: { ...current.settings, ...change } })))}
            errors={errors}
          />
        </section>
      </aside>
    </div>
  );
}

/** The one message of a text prompt; a draft that was a chat before may hold others, which are kept until it is saved. */
export const textMessageOf = ({ messages }: PromptDraft) => messages.find(({ role }) => role === 'USER') ?? messages[0];

import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { CodeEditorHandle, Selection } from '../code/use-code-editor';
import { IncludePromptDialog } from '../references/include-prompt-dialog';
import type { TemplateProblem } from '../template/template-analysis';
import { TemplateEditor } from '../template/template-editor';
import { TemplateProblems } from '../template/template-problems';
import type { DraftMessage, DraftVariable } from '../prompt-draft';
import { MakeVariableDialog } from './make-variable-dialog';
import { MessageBar, type MessageMoves } from './message-bar';
import { PlaceholderField } from './placeholder-field';

/** What a message can be told of its neighbours and the prompt. */
export interface MessageContext {
  promptId: string | undefined;
  /** Names that are offered after `{{`, and those of message lists for placeholders. */
  variables: readonly string[];
  messageLists: readonly string[];
  /** Declares a variable, unless there is one of this name. */
  onDeclare: (variable: DraftVariable) => void;
}

interface MessageCardProps {
  /** Names the message for whoever can't see where it stands. */
  label: string;
  message: DraftMessage;
  /** Absent: for reading only. */
  onChange?: ((change: Partial<DraftMessage>) => void) | undefined;
  /** Of a chat; a text has one message, which stays where it is. */
  moves?: MessageMoves | undefined;
  isChat: boolean;
  problems: readonly TemplateProblem[];
  /** What the server finds wrong. */
  serverProblems: readonly string[];
  /** Undefined while it is not known. */
  tokens: number | undefined;
  context: MessageContext;
  autoFocus?: boolean;
  placeholder: string;
  minLines: number;
  ref?: Ref<CodeEditorHandle>;
}

/** One message: a bar with what it is and what can be done with it, and its text. */
export function MessageCard({ label, message, onChange, moves, isChat, problems, serverProblems, tokens, context, autoFocus, placeholder, minLines, ref }: MessageCardProps) {
  const editor = useRef<CodeEditorHandle>(null);
  const [including, setIncluding] = useState(false);
  const [madeOf, setMadeOf] = useState<Selection>();
  const [selected, setSelected] = useState(false);
  const { role, content } = message;
  const isPlaceholder = role === 'PLACEHOLDER';
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    select: (from, to) => editor.current?.select(from, to),
    selection: () => editor.current?.selection() ?? { from: 0, to: 0, text: '' },
    replaceSelection: (text) => editor.current?.replaceSelection(text),
  }), []);

  const makeVariable = () => {
    const selection = editor.current?.selection();
    if (selection?.text) setMadeOf(selection);
  };
  const backToText = () => requestAnimationFrame(() => editor.current?.focus());
  return (
    <>
      <MessageBar
        role={role}
        isChat={isChat}
        onRole={onChange && ((next) => onChange({ role: next }))}
        moves={moves}
        tokens={tokens}
        onInclude={onChange && !isPlaceholder ? () => setIncluding(true) : undefined}
        onMakeVariable={onChange && !isPlaceholder && selected ? makeVariable : undefined}
      />
      {isPlaceholder ? (
        <PlaceholderField label={label} value={content} onChange={onChange && ((name) => onChange({ content: name }))} names={context.messageLists} error={serverProblems[0]} autoFocus={autoFocus} ref={editor} />
      ) : (
        <TemplateEditor
          label={label}
          value={content}
          onChange={onChange && ((text) => onChange({ content: text }))}
          problems={problems}
          variables={context.variables}
          autoFocus={autoFocus}
          placeholder={placeholder}
          minLines={minLines}
          onSelect={setSelected}
          onMakeVariable={onChange && makeVariable}
          ref={editor}
        />
      )}
      {!isPlaceholder && (
        <TemplateProblems
          problems={problems}
          others={problems.length > 0 || content.trim() === '' ? [] : serverProblems}
          onGoTo={({ from, to }) => editor.current?.select(from, to)}
        />
      )}
      <IncludePromptDialog
        opened={including}
        onClose={() => {
          setIncluding(false);
          backToText();
        }}
        promptId={context.promptId}
        onInclude={(tag) => editor.current?.replaceSelection(tag)}
      />
      <MakeVariableDialog
        selection={madeOf}
        template={content}
        known={context.variables}
        onClose={() => {
          setMadeOf(undefined);
          backToText();
        }}
        onMake={(variable) => {
          editor.current?.replaceSelection(`{{ ${variable.name} }}`);
          context.onDeclare(variable);
        }}
      />
    </>
  );
}

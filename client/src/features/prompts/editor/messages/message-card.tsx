import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconBraces, IconFileImport, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import { formatTokens } from '../../../../ui/format';
import type { CodeEditorHandle, Selection } from '../code/use-code-editor';
import { IncludePromptDialog } from '../references/include-prompt-dialog';
import type { TemplateProblem } from '../template/template-analysis';
import { TemplateEditor } from '../template/template-editor';
import { TemplateProblems } from '../template/template-problems';
import { roleNames, type DraftMessage, type DraftVariable, type MessageRole } from '../prompt-draft';
import { MakeVariableDialog } from './make-variable-dialog';
import classes from './messages.module.css';
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

export interface MessageMoves {
  onMove: (by: -1 | 1, label: string) => void;
  onRemove: () => void;
  isFirst: boolean;
  isLast: boolean;
  onDragStart: (event: React.DragEvent) => void;
  onDragEnd: () => void;
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

const roleOptions = (['SYSTEM', 'USER', 'ASSISTANT', 'PLACEHOLDER'] as const).map((value) => ({ value, label: roleNames[value] }));
const isRole = (value: string): value is MessageRole => value in roleNames;

/** One message: a bar with what it is and what can be done with it, and its text. */
export function MessageCard({ label, message, onChange, moves, isChat, problems, serverProblems, tokens, context, autoFocus, placeholder, minLines, ref }: MessageCardProps) {
  const editor = useRef<CodeEditorHandle>(null);
  const [dialog, setDialog] = useState<'include' | undefined>();
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
      <div
        className={classes.bar}
        onKeyDown={(event) => {
          if (!moves || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          moves.onMove(event.key === 'ArrowUp' ? -1 : 1, document.activeElement?.getAttribute('aria-label') ?? '');
        }}
      >
        {moves && (
          <span className={classes.grip} draggable onDragStart={moves.onDragStart} onDragEnd={moves.onDragEnd} title="Drag to move" aria-hidden>
            <IconGripVertical size={14} />
          </span>
        )}
        {isChat && onChange ? (
          <NativeSelect
            size="xs"
            aria-label="Role"
            data={roleOptions}
            value={role}
            className={classes.roleSelect}
            onChange={({ currentTarget: { value } }) => isRole(value) && onChange({ role: value })}
          />
        ) : (
          <span className={classes.role}>{isChat ? roleNames[role] : 'Text'}</span>
        )}
        <span className={classes.tokens} title="With the sample values, as models count them on average">{tokens === undefined ? '' : formatTokens(tokens)}</span>
        {onChange && !isPlaceholder && (
          <>
            {selected && (
              <Button variant="light" size="compact-xs" leftSection={<IconBraces size={14} />} title="Ctrl or ⌘ Shift V" className={classes.make} onClick={makeVariable}>
                <span className={classes.makeLong}>Turn into a variable</span>
                <span className={classes.makeShort}>Variable</span>
              </Button>
            )}
            <Tooltip label="Include a prompt…">
              <ActionIcon variant="subtle" color="gray" aria-label="Include a prompt…" onClick={() => setDialog('include')}>
                <IconFileImport size={16} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        {moves && onChange && (
          <div className={classes.moves}>
            <ActionIcon variant="subtle" color="gray" aria-label="Move up" title="Move up (Alt ↑)" disabled={moves.isFirst} onClick={() => moves.onMove(-1, 'Move up')}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" aria-label="Move down" title="Move down (Alt ↓)" disabled={moves.isLast} onClick={() => moves.onMove(1, 'Move down')}>
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon variant="subtle" color="gray" aria-label="Remove message" title="Remove" disabled={moves.isFirst && moves.isLast} onClick={moves.onRemove}>
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        )}
      </div>
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
        opened={dialog === 'include'}
        onClose={() => {
          setDialog(undefined);
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

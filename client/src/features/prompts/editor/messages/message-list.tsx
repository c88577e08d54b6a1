import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { notifyUndo } from '../../../../ui/notify-undo';
import { useListDrag } from '../../../../ui/use-list-drag';
import type { CodeEditorHandle } from '../code/use-code-editor';
import { moved, newMessage, roleNames, type DraftMessage } from '../prompt-draft';
import type { DraftAnalysis } from '../template/use-template-analysis';
import { MessageCard, type MessageContext } from './message-card';
import classes from './messages.module.css';

interface MessageListProps {
  messages: DraftMessage[];
  isChat: boolean;
  /** Absent: for reading only. */
  onChange?: ((change: (messages: DraftMessage[]) => DraftMessage[]) => void) | undefined;
  analysis: DraftAnalysis | undefined;
  /** By message key: what the server finds wrong, and about how many tokens it comes to. */
  serverProblems: ReadonlyMap<string, string[]>;
  tokens: ReadonlyMap<string, number>;
  context: MessageContext;
  /** The editors by message key, for showing a place in one. */
  editors: React.RefObject<Map<string, CodeEditorHandle>>;
  /** Beside “Add message”. */
  more?: React.ReactNode;
}

const nothing: readonly never[] = [];

/** The messages of a prompt: those of a chat each with its role, moved by buttons, by Alt with an arrow key on their bars, or by dragging. */
export function MessageList({ messages, isChat, onChange, analysis, serverProblems, tokens, context, editors, more }: MessageListProps) {
  const [announcement, setAnnouncement] = useState('');
  const [added, setAdded] = useState<string>();
  const sections = useRef(new Map<string, HTMLElement>());
  const focusAfterMove = useRef<{ key: string; label: string }>(undefined);

  // Moving its element costs the pressed button its focus.
  useEffect(() => {
    const { key, label } = focusAfterMove.current ?? {};
    focusAfterMove.current = undefined;
    if (!key) return;
    const section = sections.current.get(key);
    const pressed = section?.querySelector<HTMLElement>(`[aria-label="${label}"]:not(:disabled)`);
    (pressed ?? section?.querySelector<HTMLElement>('button:not(:disabled), select'))?.focus();
  }, [messages]);

  const move = (from: number, to: number, label = '') => {
    const message = messages[from];
    if (!message || to < 0 || to >= messages.length || from === to) return;
    focusAfterMove.current = { key: message.key, label };
    onChange?.((current) => moved(current, from, to));
    setAnnouncement(`${roleNames[message.role]} message moved to place ${to + 1} of ${messages.length}.`);
  };
  const drag = useListDrag(messages.map(({ key }) => key), move);
  const update = (key: string, change: Partial<DraftMessage>) =>
    onChange?.((current) => current.map((message) => (message.key === key ? { ...message, ...change } : message)));
  const remove = (index: number) => {
    const message = messages[index];
    if (!message) return;
    onChange?.((current) => current.filter(({ key }) => key !== message.key));
    notifyUndo(`${roleNames[message.role]} message removed.`, () => onChange?.((current) => current.toSpliced(index, 0, message)));
    const next = messages[index + 1] ?? messages[index - 1];
    if (next) editors.current.get(next.key)?.focus();
  };
  const add = () => {
    const message = newMessage(messages.at(-1)?.role === 'USER' ? 'ASSISTANT' : 'USER');
    onChange?.((current) => [...current, message]);
    setAdded(message.key);
  };

  return (
    <div className={classes.messages} {...(isChat && onChange ? drag.listProps : {})}>
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
      {messages.map((message, index) => {
        const { key, role } = message;
        const label = isChat ? `${roleNames[role]} message, ${index + 1} of ${messages.length}` : 'Text of the prompt';
        return (
          <section
            key={key}
            className={classes.message}
            aria-label={isChat ? label : 'Text'}
            data-drag-key={key}
            data-dragged={drag.dragged === key || undefined}
            data-drop={drag.dropSide(key)}
            ref={(element) => {
              if (element) sections.current.set(key, element);
              return () => {
                sections.current.delete(key);
              };
            }}
          >
            <MessageCard
              label={label}
              message={message}
              isChat={isChat}
              onChange={onChange && ((change) => update(key, change))}
              moves={isChat && onChange ? {
                onMove: (by, pressed) => move(index, index + by, pressed),
                onRemove: () => remove(index),
                isFirst: index === 0,
                isLast: index === messages.length - 1,
                onDragStart: (event) => drag.grab(event, key),
                onDragEnd: drag.release,
              } : undefined}
              problems={analysis?.get(key)?.problems ?? nothing}
              serverProblems={serverProblems.get(key) ?? nothing}
              tokens={tokens.get(key)}
              context={context}
              autoFocus={added === key}
              placeholder={!isChat ? 'Write to the model. Put {{ variables }} where values belong.' : role === 'SYSTEM' ? 'How the model should behave' : 'Text with {{ variables }}'}
              minLines={isChat ? 2 : 14}
              ref={(handle) => {
                if (handle) editors.current.set(key, handle);
                return () => {
                  editors.current.delete(key);
                };
              }}
            />
          </section>
        );
      })}
      {onChange && (isChat || more) && (
        <div className={classes.below}>
          {isChat && <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>Add message</Button>}
          {more}
        </div>
      )}
    </div>
  );
}

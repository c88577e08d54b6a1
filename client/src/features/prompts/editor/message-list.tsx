import { ActionIcon, Button, NativeSelect, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { notifyUndo } from '../../../ui/notify-undo';
import { moved, newMessage, roleNames, type DraftMessage, type MessageRole } from './prompt-draft';
import classes from './prompt-editor.module.css';
import type { TemplateProblem } from './template-analysis';
import { TemplateEditor } from './template-editor';
import { TemplateProblemLine } from './template-problem-line';

interface MessageListProps {
  messages: DraftMessage[];
  /** Absent: for reading only. */
  onChange?: (change: (messages: DraftMessage[]) => DraftMessage[]) => void;
  problems: ReadonlyMap<string, TemplateProblem>;
  variables: readonly string[];
}

const roleOptions = (['SYSTEM', 'USER', 'ASSISTANT'] as const).map((value) => ({ value, label: roleNames[value] }));
const isRole = (value: string): value is MessageRole => value in roleNames;

/** The messages of a chat prompt: each with its role, moved by its buttons or by Alt with an arrow key on its bar. */
export function MessageList({ messages, onChange, problems, variables }: MessageListProps) {
  const [announcement, setAnnouncement] = useState('');
  const [added, setAdded] = useState<string>();
  const bars = useRef(new Map<string, HTMLElement>());
  const focusAfterMove = useRef<{ key: string; label: string }>(undefined);

  // Moving its element costs the pressed button its focus.
  useEffect(() => {
    const { key, label } = focusAfterMove.current ?? {};
    focusAfterMove.current = undefined;
    if (!key) return;
    const bar = bars.current.get(key);
    const pressed = bar?.querySelector<HTMLElement>(`[aria-label="${label}"]:not(:disabled)`);
    (pressed ?? bar?.querySelector<HTMLElement>('button:not(:disabled), select'))?.focus();
  }, [messages]);

  const move = (from: number, to: number, label = '') => {
    const message = messages[from];
    if (!message || to < 0 || to >= messages.length) return;
    focusAfterMove.current = { key: message.key, label };
    onChange?.((current) => moved(current, from, to));
    setAnnouncement(`${roleNames[message.role]} message moved to place ${to + 1} of ${messages.length}.`);
  };
  const update = (key: string, change: Partial<DraftMessage>) =>
    onChange?.((current) => current.map((message) => (message.key === key ? { ...message, ...change } : message)));
  const remove = (index: number) => {
    const message = messages[index];
    if (!message) return;
    onChange?.((current) => current.filter(({ key }) => key !== message.key));
    notifyUndo(`${roleNames[message.role]} message removed.`, () => onChange?.((current) => current.toSpliced(index, 0, message)));
  };
  const add = () => {
    const message = newMessage(messages.at(-1)?.role === 'USER' ? 'ASSISTANT' : 'USER');
    onChange?.((current) => [...current, message]);
    setAdded(message.key);
  };

  return (
    <div className={classes.messages}>
      <VisuallyHidden aria-live="polite">{announcement}</VisuallyHidden>
      {messages.map(({ key, role, content }, index) => {
        const place = `${roleNames[role]} message, ${index + 1} of ${messages.length}`;
        return (
          <section key={key} className={classes.message} aria-label={place}>
            <div
              className={classes.messageBar}
              ref={(element) => {
                if (element) bars.current.set(key, element);
                return () => {
                  bars.current.delete(key);
                };
              }}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                move(index, index + (event.key === 'ArrowUp' ? -1 : 1), document.activeElement?.getAttribute('aria-label') ?? '');
              }}
            >
              {onChange ? (
                <>
                  <NativeSelect
                    size="xs"
                    aria-label="Role"
                    data={roleOptions}
                    value={role}
                    onChange={({ currentTarget: { value } }) => isRole(value) && update(key, { role: value })}
                  />
                  <div className={classes.messageActions}>
                    <ActionIcon variant="subtle" color="gray" aria-label="Move up" title="Move up (Alt ↑)" disabled={index === 0} onClick={() => move(index, index - 1, 'Move up')}>
                      <IconArrowUp size={16} />
                    </ActionIcon>
                    <ActionIcon variant="subtle" color="gray" aria-label="Move down" title="Move down (Alt ↓)" disabled={index === messages.length - 1} onClick={() => move(index, index + 1, 'Move down')}>
                      <IconArrowDown size={16} />
                    </ActionIcon>
                    <ActionIcon variant="subtle" color="gray" aria-label="Remove message" title="Remove" disabled={messages.length === 1} onClick={() => remove(index)}>
                      <IconTrash size={16} />
                    </ActionIcon>
                  </div>
                </>
              ) : (
                <span className={classes.role}>{roleNames[role]}</span>
              )}
            </div>
            <TemplateEditor
              label={place}
              value={content}
              onChange={onChange && ((text) => update(key, { content: text }))}
              readOnly={!onChange}
              problem={problems.get(key)}
              variables={variables}
              autoFocus={added === key}
              placeholder={role === 'SYSTEM' ? 'How the model should behave' : 'Text with {{ variables }}'}
              minLines={3}
            />
            <TemplateProblemLine problem={problems.get(key)} />
          </section>
        );
      })}
      {onChange && (
        <div>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
            Add message
          </Button>
        </div>
      )}
    </div>
  );
}

import { ActionIcon, Button, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconBraces, IconFileImport, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { formatTokens } from '../../../../ui/format';
import { roleNames, type MessageRole } from '../prompt-draft';
import classes from './messages.module.css';

export interface MessageMoves {
  onMove: (by: -1 | 1, label: string) => void;
  onRemove: () => void;
  isFirst: boolean;
  isLast: boolean;
  onDragStart: (event: React.DragEvent) => void;
  onDragEnd: () => void;
}

interface MessageBarProps {
  role: MessageRole;
  /** False: the one message of a text, which has no role of its own. */
  isChat: boolean;
  /** Absent: for reading only. */
  onRole: ((role: MessageRole) => void) | undefined;
  /** Absent where it stays where it is. */
  moves: MessageMoves | undefined;
  /** Undefined while it is not known. */
  tokens: number | undefined;
  onInclude: (() => void) | undefined;
  /** Absent while nothing is selected. */
  onMakeVariable: (() => void) | undefined;
}

const roleOptions = (['SYSTEM', 'USER', 'ASSISTANT', 'PLACEHOLDER'] as const).map((value) => ({ value, label: roleNames[value] }));
const isRole = (value: string): value is MessageRole => value in roleNames;

/** Over a message: what it is, and what can be done with it. */
export function MessageBar({ role, isChat, onRole, moves, tokens, onInclude, onMakeVariable }: MessageBarProps) {
  return (
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
      {isChat && onRole ? (
        <NativeSelect
          size="xs"
          aria-label="Role"
          data={roleOptions}
          value={role}
          className={classes.roleSelect}
          onChange={({ currentTarget: { value } }) => isRole(value) && onRole(value)}
        />
      ) : (
        <span className={classes.role}>{isChat ? roleNames[role] : 'Text'}</span>
      )}
      <span className={classes.tokens} title="With the sample values, as models count them on average">{tokens === undefined ? '' : formatTokens(tokens)}</span>
      {onMakeVariable && (
        <Button variant="light" size="compact-xs" leftSection={<IconBraces size={14} />} title="Ctrl or ⌘ Shift V" className={classes.make} onClick={onMakeVariable}>
          <span className={classes.makeLong}>Turn into a variable</span>
          <span className={classes.makeShort}>Variable</span>
        </Button>
      )}
      {onInclude && (
        <Tooltip label="Include a prompt…">
          <ActionIcon variant="subtle" color="gray" aria-label="Include a prompt…" onClick={onInclude}>
            <IconFileImport size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {moves && (
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
  );
}

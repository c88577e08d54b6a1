import { useQuery } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight, IconMessage2Code, IconPlus, IconRoute, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { usePermissions } from '../../api/use-permissions';
import { settingsPages } from '../../features/settings/settings-pages';
import { useFocusBack } from '../../ui/use-focus-back';
import { destinations } from '../navigation';
import { findAnythingDocument } from './command-palette.operations';
import classes from './command-palette.module.css';
import { commandsFor, firstChoice, moveChoice, type Command, type CommandGroup } from './commands';

const pages = [...destinations, ...settingsPages];
const icons = { PAGE: IconArrowRight, ACTION: IconPlus, PROMPT: IconMessage2Code, WORKFLOW: IconRoute };

/** Goes to a page, a prompt or a workflow by typing part of its name. Open from when it is mounted, and at once ready to be typed into. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  useFocusBack();
  return (
    <Modal.Root opened onClose={onClose} centered={false} yOffset="12vh" size={600} returnFocus={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Go to" radius="lg">
        <Modal.Body p={0}><Palette onClose={onClose} /></Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 120);
  const { data, previousData, error, loading } = useQuery(findAnythingDocument, { variables: { search: search || null } });
  const waiting = loading || search !== typed.trim();
  const results = data ?? previousData;
  const groups = commandsFor(typed, pages, results && { results, isCurrent: !waiting }, usePermissions());
  const commands = groups.flatMap((group) => group.commands);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = commands.find(({ id }) => id === chosenId) ?? firstChoice(commands, typed);

  const go = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    void navigate(command.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) return go(chosen);
    const next = moveChoice(commands, chosen?.id, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setChosenId(next);
  };
  return (
    <>
      <div className={classes.search}>
        <IconSearch size={18} aria-hidden />
        <input
          data-autofocus
          autoFocus
          role="combobox"
          aria-label="Go to a page, a prompt or a workflow"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.id}`}
          aria-autocomplete="list"
          placeholder="Page, prompt or workflow"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            setChosenId(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      <Choices listId={listId} groups={groups} chosenId={chosen?.id} onChoose={setChosenId} onGo={go} />
      <p role="status" className={classes.note}>
        {error && !loading
          ? `Prompts and workflows could not be searched. ${problemOf(error).message}`
          : commands.length === 0 && !waiting
            ? `Nothing is called “${typed.trim()}”.`
            : ''}
      </p>
    </>
  );
}

interface ChoicesProps {
  listId: string;
  groups: readonly CommandGroup[];
  chosenId: string | undefined;
  onChoose: (id: string) => void;
  onGo: (command: Command) => void;
}

function Choices({ listId, groups, chosenId, onChoose, onGo }: ChoicesProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  return (
    <div ref={list} id={listId} role="listbox" aria-label="Where to go" className={classes.list}>
      {groups.map(({ title, commands }) => (
        <div key={title} role="group" aria-label={title}>
          <div className={classes.title} aria-hidden>{title}</div>
          {commands.map((command) => {
            const Icon = icons[command.kind];
            return (
              <div
                key={command.id}
                id={`${listId}-${command.id}`}
                role="option"
                aria-selected={command.id === chosenId}
                className={classes.command}
                // Moved, not entered: what scrolls under a resting pointer chooses nothing.
                onPointerMove={() => onChoose(command.id)}
                onClick={() => onGo(command)}
              >
                <Icon size={16} aria-hidden />
                <span className={classes.label}>{command.label}</span>
                {command.detail && <code className={classes.detail}>{command.detail}</code>}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

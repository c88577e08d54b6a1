import { useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue, useId } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import type { PromptsToIncludeQuery } from '../../../../gql/graphql';
import { FormAlert } from '../../../../ui/form-alert';
import { promptsToIncludeDocument, promptVersionsToIncludeDocument } from '../editor.operations';
import { defaultLabel, referenceTag, type PromptTarget } from './reference-tag';
import classes from './references.module.css';

type FoundPrompt = PromptsToIncludeQuery['prompts']['edges'][number]['node'];

interface IncludePromptDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The prompt that is edited can't include itself. */
  promptId: string | undefined;
  onInclude: (tag: string) => void;
}

/** Finds a prompt and which of its versions is to stand in the text. */
export function IncludePromptDialog({ opened, onClose, ...rest }: IncludePromptDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Include a prompt" returnFocus={false}>
      <IncludePromptForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function IncludePromptForm({ onClose, promptId, onInclude }: Omit<IncludePromptDialogProps, 'opened'>) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data, previousData, error, loading } = useQuery(promptsToIncludeDocument, { variables: { search: search || null }, fetchPolicy: 'no-cache' });
  const found = (data ?? previousData)?.prompts.edges.map(({ node }) => node).filter(({ id }) => id !== promptId) ?? [];
  const [chosenId, setChosenId] = useState<string>();
  const [target, setTarget] = useState<string | null>(null);
  const listId = useId();
  const chosen = found.find(({ id }) => id === chosenId) ?? found[0];
  const targets = useTargets(chosen);
  const at = targets.some(({ items }) => items.some(({ value }) => value === target)) ? target : (targets[0]?.items[0]?.value ?? null);
  const tag = chosen && at ? referenceTag({ path: chosen.path, ...targetOf(at) }) : undefined;

  const move = (by: number) => {
    const index = found.findIndex(({ id }) => id === chosen?.id);
    const next = found[Math.max(0, Math.min(found.length - 1, index + by))];
    setChosenId(next?.id);
    if (next) document.getElementById(`${listId}-${next.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const include = () => {
    if (!tag) return;
    onInclude(tag);
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        include();
      }}
    >
      <Stack>
        <FormAlert>{error && problemOf(error).message}</FormAlert>
        <TextInput
          aria-label="Search text prompts"
          placeholder="Search text prompts"
          leftSection={<IconSearch size={16} />}
          data-autofocus
          value={typed}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.id}`}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
            event.preventDefault();
            move(event.key === 'ArrowDown' ? 1 : -1);
          }}
        />
        <ul className={classes.results} id={listId} role="listbox" aria-label="Text prompts">
          {found.map((prompt) => (
            <li
              key={prompt.id}
              id={`${listId}-${prompt.id}`}
              role="option"
              aria-selected={prompt.id === chosen?.id}
              className={classes.result}
              onClick={() => setChosenId(prompt.id)}
              onDoubleClick={include}
            >
              <div className={classes.resultName}>{prompt.name}</div>
              <div className={classes.resultPath}>{prompt.path}</div>
            </li>
          ))}
          {found.length === 0 && !loading && !error && (
            <li role="presentation" className={classes.none}>{search ? `No text prompt matches “${search}”.` : 'There is no other text prompt yet.'}</li>
          )}
        </ul>
        <Select
          label="Which version"
          description="A label or a branch follows what it is moved to; a version stays."
          data={targets}
          value={at}
          onChange={setTarget}
          allowDeselect={false}
          searchable
          disabled={!chosen}
        />
        <code className={classes.tag} aria-label="What is put into the text">{tag ?? '{% prompt "…" %}'}</code>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" disabled={!tag}>Include it</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a reference can name: labels first, production before all, then branches and versions. */
function useTargets(prompt: FoundPrompt | undefined) {
  const { data } = useQuery(promptVersionsToIncludeDocument, { variables: { id: prompt?.id ?? '' }, skip: !prompt, fetchPolicy: 'no-cache' });
  if (!prompt) return [];
  const versions = data?.prompt.id === prompt.id ? data.prompt.versions.edges.map(({ node }) => node) : [];
  const labels = prompt.labels.toSorted((one, other) => Number(other.name === defaultLabel) - Number(one.name === defaultLabel));
  return [
    { group: 'Labels', items: labels.map(({ name, version }) => ({ value: `label ${name}`, label: `${name} (now ${version.version})` })) },
    { group: 'Branches', items: prompt.branches.map(({ name, head }) => ({ value: `branch ${name}`, label: `${name} (now ${head.version})` })) },
    { group: 'Versions', items: versions.map(({ version, message }) => ({ value: `version ${version}`, label: `${version} ${message}`.slice(0, 60) })) },
  ].filter(({ items }) => items.length > 0);
}

function targetOf(value: string): Omit<PromptTarget, 'path'> {
  const [kind, name = ''] = value.split(/ (.*)/s);
  if (kind === 'version') return { version: name };
  return kind === 'branch' ? { branch: name } : { label: name };
}

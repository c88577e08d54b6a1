import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../../api/api-errors';
import type { FolderColour } from '../../../../gql/graphql';
import { FormAlert } from '../../../../ui/form-alert';
import { notifyDone } from '../../../../ui/notify';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { addFolder } from './cached-folders';
import { createPromptFolderDocument, updatePromptFolderDocument } from '../library.operations';
import { useLibraryChanged } from '../library-changes';
import { ColourPicker } from './colour-picker';
import { FolderSelect } from './folder-select';
import type { Folder, FolderTree } from './folder-tree';

interface FolderFormProps {
  tree: FolderTree;
  /** Absent: a new one. */
  folder?: Folder;
  /** Of a new one. */
  parentId?: string | null;
  /** Begins at where the folder is rather than at its name. */
  toMove?: boolean;
  onDone: (id: string) => void;
  onClose: () => void;
}

/** Makes a folder, or changes its name, its colour and where it is. */
export function FolderDialog(form: FolderFormProps) {
  useFocusBack();
  const title = !form.folder ? 'New folder' : form.toMove ? `Move “${form.folder.name}”` : `Edit “${form.folder.name}”`;
  return (
    <Modal opened onClose={form.onClose} title={title}>
      <FolderForm {...form} />
    </Modal>
  );
}

function FolderForm({ tree, folder, parentId: newParentId = null, toMove = false, onDone, onClose }: FolderFormProps) {
  const [name, setName] = useState(folder?.name ?? '');
  const [colour, setColour] = useState<FolderColour>(folder?.colour ?? 'GRAY');
  const [parentId, setParentId] = useState(folder ? (folder.parentId ?? null) : newParentId);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [create, creating] = useMutation(createPromptFolderDocument, { update: (cache, { data }) => data && addFolder(cache, data.createPromptFolder) });
  const [update, updating] = useMutation(updatePromptFolderDocument);
  const changed = useLibraryChanged();

  const save = async () => {
    const input = { name: name.trim(), colour, parentId };
    if (folder) {
      const { data } = await update({ variables: { input: { id: folder.id, ...input } } });
      return data?.updatePromptFolder;
    }
    const { data } = await create({ variables: { input } });
    return data?.createPromptFolder;
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (!name.trim()) return setErrors({ name: 'Give the folder a name.' });
    try {
      const saved = await save();
      changed();
      if (!saved) return;
      if (!folder) notifyDone(`Folder “${saved.name}” created.`);
      onDone(saved.id);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'colour', 'parentId']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <TextInput
          label="Name"
          data-autofocus={!toMove || undefined}
          onFocus={({ currentTarget }) => currentTarget.select()}
          maxLength={100}
          value={name}
          error={errors['name']}
          onChange={({ currentTarget: { value } }) => {
            setName(value);
            setErrors({});
          }}
        />
        <ColourPicker value={colour} onChange={setColour} />
        <FolderSelect
          tree={tree}
          label="Inside"
          none="No other folder: at the top"
          data-autofocus={toMove || undefined}
          value={parentId}
          onChange={setParentId}
          offers={({ id }) => !folder || !tree.isWithin(id, folder.id)}
          error={errors['parentId']}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={creating.loading || updating.loading}>{!folder ? 'Create folder' : toMove ? 'Move' : 'Save'}</Button>
        </Group>
      </Stack>
    </form>
  );
}

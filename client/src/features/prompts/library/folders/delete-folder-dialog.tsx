import { useMutation } from '@apollo/client/react';
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { FormAlert } from '../../../../ui/form-alert';
import { formatCount } from '../../../../ui/format';
import { notifyDone } from '../../../../ui/notify';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { deletePromptFolderDocument } from '../library.operations';
import { useLibraryChanged } from '../library-changes';
import { forgetFolder } from './cached-folders';
import { FolderSelect } from './folder-select';
import type { Folder, FolderTree } from './folder-tree';

interface DeleteFolderProps {
  tree: FolderTree;
  folder: Folder;
  /** With where its contents went. */
  onDeleted: (movedTo: string | null) => void;
  onCancel: () => void;
}

/** Deletes a folder and nothing that is in it: says what finds a new place, and where. */
export function DeleteFolderDialog({ tree, folder, onDeleted, onCancel }: DeleteFolderProps) {
  useFocusBack();
  const [moveTo, setMoveTo] = useState(folder.parentId ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  const [remove, { loading }] = useMutation(deletePromptFolderDocument, { update: (cache) => forgetFolder(cache, folder.id) });
  const changed = useLibraryChanged();
  const subfolders = tree.childrenOf(folder.id);
  const isEmpty = folder.promptCount === 0 && subfolders.length === 0;
  const home = moveTo ? `“${tree.pathOf(moveTo)}”` : 'the top, in no folder';

  const confirm = async () => {
    setProblem(null);
    try {
      await remove({ variables: { id: folder.id, moveTo } });
      changed();
      notifyDone(isEmpty ? `Folder “${folder.name}” deleted.` : `Folder “${folder.name}” deleted. What was in it is in ${home} now.`);
      onDeleted(moveTo);
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  };
  return (
    <ConfirmDialog opened title={`Delete the folder “${folder.name}”?`} confirmLabel="Delete folder" busy={loading} onConfirm={() => void confirm()} onCancel={onCancel}>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <Text>{contentsOf(folder, subfolders)}</Text>
        <FolderSelect
          tree={tree}
          label={isEmpty ? 'Archived prompts in it move to' : 'They move to'}
          none="No folder: to the top"
          value={moveTo}
          onChange={setMoveTo}
          // Nowhere is where it goes by itself only from the top.
          offersNone={!folder.parentId}
          offers={({ id }) => !tree.isWithin(id, folder.id)}
        />
      </Stack>
    </ConfirmDialog>
  );
}

function contentsOf({ promptCount }: Folder, subfolders: readonly Folder[]): string {
  const prompts = promptCount > 0 ? [formatCount(promptCount, 'prompt')] : [];
  const folders = subfolders.length > 0 ? [`${formatCount(subfolders.length, 'folder')} (${subfolders.map(({ name }) => name).join(', ')})`] : [];
  const contents = [...prompts, ...folders].join(' and ');
  if (!contents) return 'It holds no folders and no prompts that are in use.';
  return `It holds ${contents}. Nothing of that is deleted, and callers find prompts by their path as before.`;
}

import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { LibraryPromptFragment } from '../../../../gql/graphql';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { FolderSelect } from '../folders/folder-select';
import type { FolderTree } from '../folders/folder-tree';
import { nameOfAll } from '../use-prompt-actions';

interface MovePromptsProps {
  prompts: readonly LibraryPromptFragment[];
  tree: FolderTree;
  onMove: (folderId: string | null) => void;
  onClose: () => void;
}

/** Asks for the folder that prompts go into. */
export function MovePromptsDialog({ prompts, tree, onMove, onClose }: MovePromptsProps) {
  useFocusBack();
  const first = prompts[0]?.folder?.id ?? null;
  const [folderId, setFolderId] = useState(prompts.every(({ folder }) => (folder?.id ?? null) === first) ? first : null);
  return (
    <Modal opened onClose={onClose} title={`Move ${nameOfAll(prompts)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onMove(folderId);
          onClose();
        }}
      >
        <Stack>
          <FolderSelect
            data-autofocus
            tree={tree}
            label="Folder"
            description="Callers find a prompt by its path, which stays as it is."
            none="No folder"
            value={folderId}
            onChange={setFolderId}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit">Move</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

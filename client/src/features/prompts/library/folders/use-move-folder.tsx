import { useMutation } from '@apollo/client/react';
import { IconArrowRight } from '@tabler/icons-react';
import { problemOf } from '../../../../api/api-errors';
import { notifyFailure } from '../../../../ui/notify';
import { notifyUndo } from '../../../../ui/notify-undo';
import { updatePromptFolderDocument } from '../library.operations';
import { useLibraryChanged } from '../library-changes';
import type { FolderTree } from './folder-tree';

/** Puts a folder into another or, with null, to the top; it can be undone. */
export function useMoveFolder(tree: FolderTree): (id: string, parentId: string | null) => Promise<void> {
  const [update] = useMutation(updatePromptFolderDocument);
  const changed = useLibraryChanged();
  const put = async (id: string, parentId: string | null) => {
    try {
      await update({ variables: { input: { id, parentId } } });
      changed();
      return true;
    } catch (error) {
      notifyFailure(`The folder stays where it was. ${problemOf(error).message}`);
      return false;
    }
  };
  return async (id, parentId) => {
    const folder = tree.find(id);
    if (!folder || !tree.canMove(id, parentId)) return;
    const moved = await put(id, parentId);
    if (moved) {
      const where = parentId ? `into “${tree.pathOf(parentId)}”` : 'to the top';
      notifyUndo(`Folder “${folder.name}” moved ${where}.`, () => void put(id, folder.parentId ?? null), <IconArrowRight size={16} />);
    }
  };
}

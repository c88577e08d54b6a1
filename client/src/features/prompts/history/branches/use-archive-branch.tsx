import { useMutation } from '@apollo/client/react';
import { IconArchive } from '@tabler/icons-react';
import { problemOf } from '../../../../api/api-errors';
import { notifyDone, notifyFailure } from '../../../../ui/notify';
import { notifyUndo } from '../../../../ui/notify-undo';
import { archiveBranchDocument, branchesDocument, unarchiveBranchDocument } from './branch.operations';

/** Puts a branch away and brings it back. Neither rejects: what goes wrong is said. */
export function useArchiveBranch(promptId: string) {
  const refetchQueries = [
    { query: branchesDocument, variables: { id: promptId, archived: false } },
    { query: branchesDocument, variables: { id: promptId, archived: true } },
  ];
  const [archiveBranch, { loading: archiving }] = useMutation(archiveBranchDocument, { refetchQueries });
  const [unarchiveBranch, { loading: unarchiving }] = useMutation(unarchiveBranchDocument, { refetchQueries });

  const unarchive = async ({ id, name }: { id: string; name: string }) => {
    try {
      await unarchiveBranch({ variables: { id } });
      notifyDone(`Branch ${name} is back.`);
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
  };
  const archive = async (branch: { id: string; name: string }) => {
    try {
      await archiveBranch({ variables: { id: branch.id } });
      notifyUndo(`Branch ${branch.name} archived.`, () => void unarchive(branch), <IconArchive size={16} />);
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
  };
  return { archive, unarchive, busy: archiving || unarchiving };
}

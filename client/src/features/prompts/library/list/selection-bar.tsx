import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconArrowRight, IconDownload } from '@tabler/icons-react';
import { usePermissions } from '../../../../api/use-permissions';
import type { LibraryPromptFragment } from '../../../../gql/graphql';
import { SelectionToolbar } from '../../../../ui/selection-toolbar';
import type { PromptTasks } from './prompt-menu';
import type { Selection } from '../../../../ui/use-selection';

/** What can be done with all prompts that are ticked. */
export function SelectionBar({ selection: { selected, clear }, tasks }: { selection: Selection<LibraryPromptFragment>; tasks: PromptTasks }) {
  const mayWrite = usePermissions()('prompt:write');
  if (selected.length === 0) return null;
  const areArchived = selected.every(({ archivedAt }) => archivedAt);
  return (
    <SelectionToolbar noun="prompt" count={selected.length} onClear={clear}>
      {mayWrite && (
        <>
          <Button variant="default" size="xs" leftSection={<IconArrowRight size={14} />} onClick={() => tasks.move(selected)}>Move to folder…</Button>
          <Button variant="default" size="xs" leftSection={areArchived ? <IconArchiveOff size={14} /> : <IconArchive size={14} />} onClick={() => tasks.setArchived(selected, !areArchived)}>
            {areArchived ? 'Unarchive' : 'Archive'}
          </Button>
        </>
      )}
      <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} onClick={() => tasks.exportToFile(selected)}>Export</Button>
    </SelectionToolbar>
  );
}

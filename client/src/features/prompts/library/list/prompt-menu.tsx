import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconArrowRight, IconDots, IconDownload, IconInfoCircle, IconTrash } from '@tabler/icons-react';
import { usePermissions } from '../../../../api/use-permissions';
import type { LibraryPromptFragment } from '../../../../gql/graphql';

/** What can be done with prompts from their list. */
export interface PromptTasks {
  details: (prompt: LibraryPromptFragment) => void;
  move: (prompts: readonly LibraryPromptFragment[]) => void;
  exportToFile: (prompts: readonly LibraryPromptFragment[]) => void;
  setArchived: (prompts: readonly LibraryPromptFragment[], archived: boolean) => void;
  remove: (prompt: LibraryPromptFragment) => void;
}

export function PromptMenu({ prompt, tasks }: { prompt: LibraryPromptFragment; tasks: PromptTasks }) {
  const mayWrite = usePermissions()('prompt:write');
  const isArchived = !!prompt.archivedAt;
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${prompt.name}`}><IconDots size={16} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={() => tasks.details(prompt)}>Details</Menu.Item>
        {mayWrite && <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => tasks.move([prompt])}>Move to folder…</Menu.Item>}
        <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => tasks.exportToFile([prompt])}>Export</Menu.Item>
        {mayWrite && (
          <>
            <Menu.Item leftSection={isArchived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />} onClick={() => tasks.setArchived([prompt], !isArchived)}>
              {isArchived ? 'Take out of the archive' : 'Archive'}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={16} />} c="var(--pp-danger)" onClick={() => tasks.remove(prompt)}>Delete…</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

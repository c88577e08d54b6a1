import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { formProblem, problemOf } from '../../../../api/api-errors';
import { usePermissions } from '../../../../api/use-permissions';
import type { PromptDetailsQuery } from '../../../../gql/graphql';
import { RelativeTime } from '../../../../ui/relative-time';
import { SideDrawer } from '../../../../ui/side-drawer';
import { ErrorState, SkeletonRows } from '../../../../ui/states';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { StatusBadge } from '../../../../ui/status-badge';
import { FolderSelect } from '../folders/folder-select';
import { useFolders } from '../folders/use-folders';
import { promptDetailsDocument } from '../library.operations';
import { usePromptActions } from '../use-prompt-actions';
import { DeletePromptDialog } from './delete-prompt-dialog';
import classes from './details.module.css';
import { PathField } from './path-field';
import { SavedTags } from './saved-tags';
import { SavedText } from './saved-text';
import { useUpdatePrompt } from './use-update-prompt';

interface PromptDetailsProps {
  /** The drawer is open while there is one. */
  promptId: string | undefined;
  onClose: () => void;
  /** The prompt is not there any more. */
  onDeleted?: () => void;
}

/** How a prompt is called and where it is kept, to read and to change, in a drawer over the page. Each change is saved at once. */
export function PromptDetails({ promptId, onClose, onDeleted = onClose }: PromptDetailsProps) {
  return (
    <SideDrawer opened={!!promptId} onClose={onClose} position="right" size={440} title="Details" closeButtonProps={{ 'aria-label': 'Close details' }}>
      {promptId && <LoadedDetails key={promptId} promptId={promptId} onDeleted={onDeleted} />}
    </SideDrawer>
  );
}

function LoadedDetails({ promptId, onDeleted }: { promptId: string; onDeleted: () => void }) {
  useFocusBack();
  const { data, error, refetch } = useQuery(promptDetailsDocument, { variables: { id: promptId } });
  if (data) return <DetailsForm prompt={data.prompt} onDeleted={onDeleted} />;
  if (!error) return <SkeletonRows rows={5} height={72} />;
  return <ErrorState title="The details could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
}

function DetailsForm({ prompt, onDeleted }: { prompt: PromptDetailsQuery['prompt']; onDeleted: () => void }) {
  const mayWrite = usePermissions()('prompt:write');
  const readOnly = !mayWrite;
  const { tree } = useFolders();
  const { save } = useUpdatePrompt(prompt.id);
  const { archive, unarchive, exportToFile } = usePromptActions();
  const [folderProblem, setFolderProblem] = useState<string>();
  const [deleting, setDeleting] = useState(false);
  const saveFolder = async (folderId: string | null) => {
    setFolderProblem(undefined);
    try {
      await save({ folderId });
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['folderId']);
      setFolderProblem(fieldErrors['folderId'] ?? general ?? undefined);
    }
  };
  return (
    <Stack gap="md">
      {prompt.archivedAt && (
        <div><StatusBadge tone="neutral" icon={<IconArchive size={14} />} label="Archived" /></div>
      )}
      <SavedText readOnly={readOnly} label="Name" field="name" value={prompt.name} required="Give the prompt a name." maxLength={100} onSave={(name) => save({ name })} />
      <SavedText readOnly={readOnly} label="What it is for" field="description" value={prompt.description} maxLength={2_000} multiline placeholder="Optional" onSave={(description) => save({ description })} />
      <PathField readOnly={readOnly} promptId={prompt.id} path={prompt.path} />
      <SavedTags readOnly={readOnly} tags={prompt.tags} onSave={(tags) => save({ tags })} />
      <FolderSelect readOnly={readOnly} tree={tree} label="Folder" none="No folder" value={prompt.folder?.id ?? null} onChange={(folderId) => void saveFolder(folderId)} error={folderProblem} />
      <dl className={classes.facts}>
        <div><dt>Newest version</dt><dd className="tabular">{prompt.head.version}, by {prompt.head.author.name}</dd></div>
        <div><dt>Labels</dt><dd>{prompt.labels.length === 0 ? 'None' : prompt.labels.map(({ name, version }) => `${name} at ${version.version}`).join(', ')}</dd></div>
        <div><dt>Last change</dt><dd><RelativeTime time={prompt.updatedAt} /></dd></div>
        <div><dt>Created</dt><dd><RelativeTime time={prompt.createdAt} /></dd></div>
      </dl>
      <Group gap="xs" className={classes.actions}>
        <Button variant="default" leftSection={<IconDownload size={16} />} onClick={() => void exportToFile([prompt])}>Export</Button>
        {mayWrite && (
          <>
            <Button variant="default" leftSection={prompt.archivedAt ? <IconArchiveOff size={16} /> : <IconArchive size={16} />} onClick={() => void (prompt.archivedAt ? unarchive : archive)([prompt])}>
              {prompt.archivedAt ? 'Take out of the archive' : 'Archive'}
            </Button>
            <Button variant="subtle" color="red" c="var(--pp-danger)" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>Delete…</Button>
          </>
        )}
      </Group>
      {deleting && <DeletePromptDialog prompt={prompt} onDeleted={onDeleted} onCancel={() => setDeleting(false)} />}
    </Stack>
  );
}

import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { IconArchive, IconFolderOff, IconMessages, IconPlus } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { usePermissions } from '../../../../api/use-permissions';
import { isFolder, places } from '../list/library-view';
import { DeleteFolderDialog } from './delete-folder-dialog';
import { useDropTargets, type Dragged } from './drag-and-drop';
import { FolderDialog } from './folder-dialog';
import type { FolderTask } from './folder-row';
import type { FolderTree } from './folder-tree';
import { FolderTreeView } from './folder-tree-view';
import classes from './folders.module.css';
import { FolderKeys } from './folder-keys';
import { useExpandedFolders } from './use-expanded-folders';
import type { useFolders } from './use-folders';
import { useMoveFolder } from './use-move-folder';

interface FolderPanelProps {
  folders: ReturnType<typeof useFolders>;
  place: string;
  onPlace: (place: string) => void;
  onMovePrompts: (ids: readonly string[], folderId: string | null) => void;
}

/** Where prompts can be: everywhere, in no folder, in the archive, or in a folder of the tree. */
export function FolderPanel({ folders: { tree, loading, problem, retry }, place, onPlace, onMovePrompts }: FolderPanelProps) {
  const mayWrite = usePermissions()('prompt:write');
  const keysId = useId();
  const { isExpanded, setExpanded } = useExpandedFolders();
  const [task, setTask] = useState<{ what: FolderTask; id: string | null }>();
  const moveFolder = useMoveFolder(tree);
  const openTrail = (id: string) => setExpanded(tree.trail(id).map((folder) => folder.id), true);

  const accepts = (dragged: Dragged, folderId: string | null) => 'prompts' in dragged || tree.canMove(dragged.folder, folderId);
  const drop = (dragged: Dragged, folderId: string | null) => {
    if ('prompts' in dragged) return onMovePrompts(dragged.prompts, folderId);
    if (folderId) openTrail(folderId);
    void moveFolder(dragged.folder, folderId);
  };
  const dropTarget = useDropTargets({ accepts, onDrop: drop, onRest: (id) => setExpanded([id], true) });
  const unfiledTarget = useDropTargets({ accepts: (dragged) => 'prompts' in dragged, onDrop: drop });
  const topTarget = useDropTargets({ accepts: (dragged) => 'folder' in dragged && tree.canMove(dragged.folder, null), onDrop: drop });

  const finish = () => setTask(undefined);
  return (
    <nav aria-label="Places of prompts" className={classes.panel}>
      <ul className={classes.places}>
        <Place icon={<IconMessages size={16} />} label="All prompts" isCurrent={place === places.all} onOpen={() => onPlace(places.all)} />
        <Place icon={<IconFolderOff size={16} />} label="Unfiled" isCurrent={place === places.unfiled} onOpen={() => onPlace(places.unfiled)} target={unfiledTarget(null)} />
        <Place icon={<IconArchive size={16} />} label="Archived" isCurrent={place === places.archived} onOpen={() => onPlace(places.archived)} />
      </ul>
      <div className={classes.heading} {...topTarget(null)}>
        <h2>Folders</h2>
        <FolderKeys id={keysId} mayWrite={mayWrite} />
        {mayWrite && (
          <Tooltip label="New folder">
            <ActionIcon variant="subtle" color="gray" aria-label="New folder" onClick={() => setTask({ what: 'create', id: isFolder(place) ? place : null })}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {loading ? (
        <div role="status" aria-label="Loading" className={classes.skeleton}>{[60, 45, 70].map((width) => <Skeleton key={width} height={12} width={`${width}%`} />)}</div>
      ) : problem ? (
        <div role="alert" className={classes.problem}>
          The folders could not be loaded. {problem}
          <Button variant="default" size="xs" onClick={retry}>Try again</Button>
        </div>
      ) : tree.folders.length === 0 ? (
        <p className={classes.none}>Folders keep prompts that belong together in one place. Callers don’t notice when a prompt moves.</p>
      ) : (
        <FolderTreeView
          tree={tree}
          selectedId={place}
          isExpanded={(id) => isExpanded(id) || (isFolder(place) && id !== place && tree.isWithin(place, id))}
          onExpand={setExpanded}
          onOpen={onPlace}
          mayWrite={mayWrite}
          onTask={(what, id) => setTask({ what, id })}
          onMove={(id, parentId) => {
            if (parentId) openTrail(parentId);
            void moveFolder(id, parentId);
          }}
          dropTarget={dropTarget}
          describedBy={keysId}
        />
      )}
      <FolderTasks
        tree={tree}
        task={task}
        onClose={finish}
        onDone={(id) => {
          if (task?.what === 'create') onPlace(id);
          openTrail(id);
          finish();
        }}
        onDeleted={(id, movedTo) => {
          if (place === id) onPlace(movedTo ?? places.all);
          finish();
        }}
      />
    </nav>
  );
}

interface PlaceProps {
  icon: ReactNode;
  label: string;
  isCurrent: boolean;
  onOpen: () => void;
  target?: React.HTMLAttributes<HTMLElement>;
}

function Place({ icon, label, isCurrent, onOpen, target }: PlaceProps) {
  return (
    <li>
      <button type="button" className={classes.place} aria-current={isCurrent ? 'true' : undefined} onClick={onOpen} {...target}>
        {icon}
        {label}
      </button>
    </li>
  );
}

interface FolderTasksProps {
  tree: FolderTree;
  task: { what: FolderTask; id: string | null } | undefined;
  onClose: () => void;
  onDone: (id: string) => void;
  onDeleted: (id: string, movedTo: string | null) => void;
}

/** The dialogs of what can be done with a folder. */
function FolderTasks({ tree, task, onClose, onDone, onDeleted }: FolderTasksProps) {
  if (!task) return null;
  if (task.what === 'create') return <FolderDialog tree={tree} parentId={task.id} onDone={onDone} onClose={onClose} />;
  const folder = task.id === null ? undefined : tree.find(task.id);
  if (!folder) return null;
  if (task.what === 'delete') {
    return <DeleteFolderDialog key={folder.id} tree={tree} folder={folder} onDeleted={(movedTo) => onDeleted(folder.id, movedTo)} onCancel={onClose} />;
  }
  return <FolderDialog tree={tree} folder={folder} toMove={task.what === 'move'} onDone={onDone} onClose={onClose} />;
}

import { Button } from '@mantine/core';
import { IconFileImport, IconFolder, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { usePermissions } from '../../../api/use-permissions';
import type { LibraryPromptFragment } from '../../../gql/graphql';
import { PageHeader } from '../../../ui/page-header';
import { SideDrawer } from '../../../ui/side-drawer';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { ReadOnlyBadge } from '../read-only';
import { DeletePromptDialog } from './details/delete-prompt-dialog';
import { PromptDetails } from './details/prompt-details';
import { DraggedContext, type Dragged } from './folders/drag-and-drop';
import { FolderPanel } from './folders/folder-panel';
import { useFolders } from './folders/use-folders';
import { ListRefresh } from './library-changes';
import { LibraryToolbar } from './list/library-toolbar';
import { isFolder, isNarrowed, noFilters, places, viewOf, withView, type LibraryView } from './list/library-view';
import classes from './list/list.module.css';
import { MovePromptsDialog } from './list/move-prompts-dialog';
import { NoPrompts } from './list/no-prompts';
import type { PromptTasks } from './list/prompt-menu';
import { PromptTable } from './list/prompt-table';
import { SelectionBar } from './list/selection-bar';
import { usePromptList } from './list/use-prompt-list';
import { useSelection } from '../../../ui/use-selection';
import { ImportDialog } from './transfer/import-dialog';
import { usePromptActions } from './use-prompt-actions';

export default function PromptListPage() {
  const view = viewOf(useSearchParams()[0]);
  const list = usePromptList(view);
  const dragged = useRef<Dragged>(undefined);
  const mayWrite = usePermissions()('prompt:write');
  return (
    <ListRefresh value={list.refresh}>
      <DraggedContext value={mayWrite ? dragged : null}>
        <Library view={view} list={list} />
      </DraggedContext>
    </ListRefresh>
  );
}

type Dialog = { what: 'move'; prompts: readonly LibraryPromptFragment[] } | { what: 'delete'; prompt: LibraryPromptFragment } | { what: 'import' };

function Library({ view, list }: { view: LibraryView; list: ReturnType<typeof usePromptList> }) {
  const [params, setParams] = useSearchParams();
  const mayWrite = usePermissions()('prompt:write');
  const [placesOpened, setPlacesOpened] = useState(false);
  const [dialog, setDialog] = useState<Dialog>();
  const folders = useFolders();
  const prompts = list.edges.map(({ node }) => node);
  const selection = useSelection(prompts);
  const actions = usePromptActions();

  const folder = isFolder(view.place) ? folders.tree.find(view.place) : undefined;
  const placeName = folder?.name ?? { [places.unfiled]: 'Unfiled', [places.archived]: 'Archived' }[view.place] ?? 'All prompts';
  const newPromptHref = folder ? `/prompts/new?folder=${encodeURIComponent(folder.id)}` : '/prompts/new';
  const change = (part: Partial<LibraryView>, replace = true) => setParams((current) => withView(current, part), { replace });
  const goTo = (place: string) => {
    change({ place }, false);
    setPlacesOpened(false);
    selection.clear();
  };
  const showDetails = (id: string | undefined) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (id) next.set('details', id);
      else next.delete('details');
      return next;
    }, { replace: !id });
  const move = (moved: readonly LibraryPromptFragment[], folderId: string | null) => {
    void actions.move(moved, folderId, folderId ? `“${folders.tree.pathOf(folderId)}”` : 'no folder');
    selection.clear();
  };
  const tasks: PromptTasks = {
    details: ({ id }) => showDetails(id),
    move: (moved) => setDialog({ what: 'move', prompts: moved }),
    exportToFile: (exported) => void actions.exportToFile(exported),
    setArchived: (archived, toArchive) => {
      void (toArchive ? actions.archive : actions.unarchive)(archived);
      selection.clear();
    },
    remove: (prompt) => setDialog({ what: 'delete', prompt }),
  };

  const panel = <FolderPanel folders={folders} place={view.place} onPlace={goTo} onMovePrompts={(ids, folderId) => move(prompts.filter(({ id }) => ids.includes(id)), folderId)} />;
  const labels = [...new Set(prompts.flatMap((prompt) => prompt.labels.map(({ name }) => name)))];
  const narrowed = isNarrowed(view);
  return (
    <>
      <PageHeader
        title="Prompts"
        facts={<ReadOnlyBadge />}
        action={mayWrite && (
          <>
            <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => setDialog({ what: 'import' })}>Import</Button>
            <Button component={Link} to={newPromptHref} leftSection={<IconPlus size={16} />}>New prompt</Button>
          </>
        )}
      />
      <div className={classes.page}>
        <div className={classes.places}>{panel}</div>
        <SideDrawer opened={placesOpened} onClose={() => setPlacesOpened(false)} size={304} title="Folders" closeButtonProps={{ 'aria-label': 'Close the folders' }}>{panel}</SideDrawer>
        <section className={classes.list} aria-label={placeName}>
          <LibraryToolbar view={view} onChange={change} labels={labels}>
            <Button variant="default" className={classes.openPlaces} leftSection={<IconFolder size={16} />} onClick={() => setPlacesOpened(true)} aria-label={`Folders, now ${placeName}`} title={placeName}><span className={classes.placeName}>{placeName}</span></Button>
          </LibraryToolbar>
          {list.problem ? (
            <ErrorState title="The prompts could not be loaded" message={list.problem} onRetry={list.retry} />
          ) : list.isEmpty === undefined ? (
            <SkeletonRows height={56} />
          ) : list.isEmpty ? (
            <NoPrompts
              view={view}
              narrowed={narrowed}
              folderName={folder?.name}
              newPromptHref={newPromptHref}
              onClearFilters={() => change(noFilters)}
            />
          ) : (
            <PromptTable
              edges={list.edges}
              selection={selection}
              tasks={tasks}
              outdated={list.isOutdated}
              hasMore={list.hasMore}
              loadingMore={list.loadingMore}
              onLoadMore={() => void list.loadMore()}
            />
          )}
          <SelectionBar selection={selection} tasks={tasks} />
        </section>
      </div>
      <PromptDetails promptId={params.get('details') ?? undefined} onClose={() => showDetails(undefined)} />
      {dialog?.what === 'move' && <MovePromptsDialog prompts={dialog.prompts} tree={folders.tree} onMove={(folderId) => move(dialog.prompts, folderId)} onClose={() => setDialog(undefined)} />}
      {dialog?.what === 'delete' && <DeletePromptDialog prompt={dialog.prompt} onDeleted={() => setDialog(undefined)} onCancel={() => setDialog(undefined)} />}
      {dialog?.what === 'import' && <ImportDialog tree={folders.tree} folderId={folder?.id ?? null} onClose={() => setDialog(undefined)} />}
    </>
  );
}

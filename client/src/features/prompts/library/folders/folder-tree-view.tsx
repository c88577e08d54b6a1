import { useState, type KeyboardEvent } from 'react';
import { TreeView } from '../../../../ui/tree-view';
import { dragHandlers, useDragged, type useDropTargets } from './drag-and-drop';
import { FolderRow, type FolderTask } from './folder-row';
import type { FolderItem, FolderTree } from './folder-tree';

interface FolderTreeViewProps {
  tree: FolderTree;
  selectedId: string;
  isExpanded: (id: string) => boolean;
  onExpand: (ids: readonly string[], expanded: boolean) => void;
  onOpen: (id: string) => void;
  /** Else the folders are for looking into only. */
  mayWrite: boolean;
  onTask: (task: FolderTask, id: string) => void;
  /** Puts a folder somewhere else. */
  onMove: (id: string, parentId: string | null) => void;
  dropTarget: ReturnType<typeof useDropTargets>;
  /** Id of the element that explains the keys. */
  describedBy: string;
}

/** The folders, by pointer and by keyboard: Ctrl/Cmd+X takes one up, Ctrl/Cmd+V puts it into another. */
export function FolderTreeView({ tree, selectedId, isExpanded, onExpand, onOpen, mayWrite, onTask, onMove, dropTarget, describedBy }: FolderTreeViewProps) {
  const dragged = useDragged();
  const [menuOf, setMenuOf] = useState<string>();
  const [taken, setTaken] = useState<string>();
  const [said, setSaid] = useState('');

  const takeUp = ({ id, name }: FolderItem) => {
    setTaken(id);
    setSaid(`“${name}” is taken up. Go to a folder and press Ctrl+V to put it there, or Escape to leave it where it is.`);
  };
  const putInto = ({ id, name }: FolderItem) => {
    const folder = taken === undefined ? undefined : tree.find(taken);
    if (!folder) return;
    if (!tree.canMove(folder.id, id)) return setSaid(`“${folder.name}” can’t go into “${name}”: it is there already, or it would be within itself.`);
    setTaken(undefined);
    setSaid('');
    onMove(folder.id, id);
  };
  const onKey = (item: FolderItem, event: KeyboardEvent): boolean => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      if (event.key === 'x') takeUp(item);
      else if (event.key === 'v' && taken !== undefined) putInto(item);
      else return false;
      return true;
    }
    if (event.key === 'F2') onTask('edit', item.id);
    else if (event.key === 'Delete') onTask('delete', item.id);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) setMenuOf(item.id);
    else if (event.key === 'Escape' && taken !== undefined) {
      setTaken(undefined);
      setSaid('');
    } else return false;
    return true;
  };
  return (
    <>
      <TreeView
        label="Folders"
        items={tree.visible(isExpanded)}
        selectedId={selectedId}
        onOpen={({ id }) => onOpen(id)}
        onExpand={(id, expanded) => onExpand([id], expanded)}
        {...(mayWrite && { onKey })}
        describedBy={describedBy}
        rowProps={(item) => ({
          'aria-label': `${item.name}, ${item.total}`,
          'data-cut': item.id === taken || undefined,
          ...(mayWrite && {
            onContextMenu: (event) => {
              event.preventDefault();
              setMenuOf(item.id);
            },
          }),
          ...dragHandlers(dragged, () => ({ dragged: { folder: item.id }, text: item.name })),
          ...dropTarget(item.id),
        })}
      >
        {(item) => (
          <FolderRow
            item={item}
            menu={mayWrite && {
              opened: menuOf === item.id,
              onChange: (opened) => setMenuOf(opened ? item.id : undefined),
              onTask: (task) => onTask(task, item.id),
            }}
          />
        )}
      </TreeView>
      <p role="status" hidden={!said} style={{ margin: '8px 8px 0', fontSize: 12, lineHeight: '16px' }}>{said}</p>
    </>
  );
}

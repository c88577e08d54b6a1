import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { promptFoldersDocument } from '../library.operations';
import { FolderTree } from './folder-tree';

interface Folders {
  tree: FolderTree;
  /** Until they are there for the first time. */
  loading: boolean;
  problem: string | undefined;
  retry: () => void;
}

export function useFolders(): Folders {
  const { data, previousData, error, refetch } = useQuery(promptFoldersDocument);
  const folders = (data ?? previousData)?.promptFolders;
  const tree = useMemo(() => new FolderTree(folders ?? []), [folders]);
  return { tree, loading: !folders && !error, problem: !folders && error ? problemOf(error).message : undefined, retry: () => void refetch() };
}

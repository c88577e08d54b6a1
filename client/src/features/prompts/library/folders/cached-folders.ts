import type { ApolloCache, Reference } from '@apollo/client';
import type { Folder } from './folder-tree';

/** A new folder shows at once, before the folders are asked for again. */
export function addFolder(cache: ApolloCache, folder: Folder): void {
  cache.modify<{ promptFolders: readonly Reference[] }>({
    fields: {
      promptFolders: (folders, { toReference }) => {
        const added = toReference({ __typename: 'PromptFolder', id: folder.id });
        return added ? [...folders, added] : folders;
      },
    },
  });
}

/** A folder that is deleted is gone at once. */
export function forgetFolder(cache: ApolloCache, id: string): void {
  cache.evict({ id: cache.identify({ __typename: 'PromptFolder', id }) });
}

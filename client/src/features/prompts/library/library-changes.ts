import type { ApolloCache } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { createContext, useContext } from 'react';

/** Given by the page that shows a list of prompts: brings it up to date without shortening it. */
export const ListRefresh = createContext<(() => Promise<void>) | null>(null);

/** To be called once prompts, their folders or their tags were changed; what is shown follows in a moment. */
export function useLibraryChanged(): () => void {
  const client = useApolloClient();
  const refreshList = useContext(ListRefresh);
  return () => {
    // What could not be asked for again is asked for when it is shown next.
    if (refreshList) return void refreshList().catch(() => undefined);
    forgetLists(client.cache);
    client.cache.evict({ fieldName: 'promptFolders' });
    client.cache.evict({ fieldName: 'promptTags' });
  };
}

interface CachedList {
  edges?: readonly { node?: unknown }[];
}

/** Cached lists of prompts are asked for anew when they are shown next; only one that shows just these prompts stays. */
export function forgetLists(cache: ApolloCache, shown?: readonly string[]): void {
  cache.modify<{ prompts: CachedList }>({
    fields: {
      prompts(list, { DELETE, readField }) {
        const ids = 'edges' in list ? list.edges?.map(({ node }) => readField({ fieldName: 'id', from: node as never })) : undefined;
        const isShown = !!shown && ids?.length === shown.length && ids.every((id, index) => id === shown[index]);
        return isShown ? list : DELETE;
      },
    },
  });
}

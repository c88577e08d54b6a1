import { NetworkStatus } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { problemOf } from '../../../../api/api-errors';
import { notifyFailure } from '../../../../ui/notify';
import { forgetLists } from '../library-changes';
import { libraryPromptsDocument, promptFoldersDocument } from '../library.operations';
import { queryOf, type LibraryView } from './library-view';

const pageSize = 30;
/** More at once would be more than the server answers. */
const largestPage = 80;

/** The prompts of a view. While others are asked for, those from before stay. */
export function usePromptList(view: LibraryView) {
  const client = useApolloClient();
  const { data, previousData, loading, error, refetch, fetchMore, networkStatus } = useQuery(libraryPromptsDocument, {
    variables: { first: pageSize, ...queryOf(view) },
    notifyOnNetworkStatusChange: true,
  });
  const list = (data ?? previousData)?.prompts;
  const edges = list?.edges ?? [];
  return {
    edges,
    /** Undefined until there is a list. */
    isEmpty: list && edges.length === 0,
    hasMore: !!list?.pageInfo.hasNextPage,
    loadingMore: networkStatus === NetworkStatus.fetchMore,
    /** What is shown is of the view from before. */
    isOutdated: loading && !data,
    problem: error && !list ? problemOf(error).message : undefined,
    retry: () => void refetch(),
    loadMore: async () => {
      try {
        await fetchMore({ variables: { after: list?.pageInfo.endCursor } });
      } catch (failure) {
        notifyFailure(`No more prompts could be loaded. ${problemOf(failure).message}`);
      }
    },
    /** Asks anew for what is shown, after something was changed. */
    refresh: async () => {
      const { data: fresh } = await refetch({ first: Math.min(largestPage, Math.max(pageSize, edges.length)) });
      forgetLists(client.cache, fresh?.prompts.edges.map(({ node }) => node.id));
      client.cache.evict({ fieldName: 'promptTags' });
      await client.refetchQueries({ include: [promptFoldersDocument] });
    },
  };
}

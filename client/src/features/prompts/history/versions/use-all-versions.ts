import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { allVersionsDocument } from './version.operations';

/** The versions of all branches of a prompt that are loaded so far, newest first. */
export function useAllVersions(promptId: string) {
  const { data, error, fetchMore, networkStatus, refetch } = useQuery(allVersionsDocument, { variables: { id: promptId }, notifyOnNetworkStatusChange: true });
  const connection = data?.prompt.versions;
  return {
    /** Undefined while none are loaded. */
    versions: connection?.edges.map(({ node }) => node),
    error,
    retry: () => void refetch(),
    hasMore: connection?.pageInfo.hasNextPage ?? false,
    loadingMore: networkStatus === NetworkStatus.fetchMore,
    loadMore: () => void fetchMore({ variables: { after: connection?.pageInfo.endCursor } }),
  };
}

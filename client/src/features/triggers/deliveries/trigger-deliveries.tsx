import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox, IconSkull } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { DeliveryFilter } from '../../../gql/graphql';
import { AddressFilter } from '../../../ui/address-filter';
import { formatCount } from '../../../ui/format';
import { ListToolbar } from '../../../ui/list-toolbar';
import { SearchInput } from '../../../ui/search-input';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import type { Trigger } from '../trigger.operations';
import { deliveriesDocument } from './delivery.operations';
import { DeliveryTable } from './delivery-table';
import { verdictChoices, verdictWord } from './delivery-verdict';

const outcomes = [
  ...verdictChoices.map((verdict) => ({ value: verdict.toLowerCase(), label: verdictWord(verdict) })),
  { value: 'retrying', label: 'Trying again' },
  { value: 'dead', label: 'Given up' },
];

function filterOf(params: URLSearchParams, triggerId: string): DeliveryFilter {
  const outcome = params.get('outcome')?.toUpperCase();
  const verdict = verdictChoices.find((each) => each === outcome);
  const state = outcome === 'DEAD' || outcome === 'RETRYING' ? outcome : null;
  return { triggerId, verdicts: verdict ? [verdict] : null, state, search: params.get('search') };
}

/** All that arrived at a trigger. */
export function TriggerDeliveries({ trigger: { id, deadDeliveries } }: { trigger: Trigger }) {
  const [params] = useSearchParams();
  const narrowed = ['outcome', 'search'].some((name) => params.get(name));
  const { data, previousData, loading, error, refetch, fetchMore, networkStatus } = useQuery(deliveriesDocument, {
    variables: { first: 25, filter: filterOf(params, id) },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
  });
  const deliveries = (data ?? previousData)?.deliveries;
  const rows = deliveries?.edges.map(({ node }) => node) ?? [];
  const all = `/triggers/${id}?tab=deliveries`;
  return (
    <>
      {(rows.length > 0 || narrowed || !deliveries) && (
        <ListToolbar>
          <SearchInput label="Search deliveries" />
          <AddressFilter param="outcome" label="Outcome" any="Any outcome" width={168} choices={outcomes} />
          {deadDeliveries > 0 && (
            <Button component={Link} to={`${all}&outcome=dead`} replace variant="light" color="red" leftSection={<IconSkull size={16} />}>{formatCount(deadDeliveries, 'dead letter')}</Button>
          )}
          {narrowed && <Button component={Link} to={all} replace variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />}>Clear filters</Button>}
        </ListToolbar>
      )}
      {error && !deliveries ? (
        <ErrorState title="The deliveries could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !deliveries || (rows.length === 0 && loading) ? (
        <SkeletonRows />
      ) : rows.length > 0 ? (
        <DeliveryTable
          rows={rows}
          hasMore={deliveries.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: deliveries.pageInfo.endCursor } })}
        />
      ) : narrowed ? (
        <EmptyState icon={<IconFilterOff size={24} />} title="No such deliveries" action={<Button component={Link} to={all} variant="default">Show all deliveries</Button>}>
          Nothing that arrived matches these filters.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconInbox size={24} />} title="Nothing has arrived yet">
          Each arrival is kept here before anything else is done with it: where it came from, what it said, and the run that it launched.
        </EmptyState>
      )}
    </>
  );
}

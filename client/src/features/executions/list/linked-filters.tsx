import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { FilterPill, FilterPills } from '../../../ui/filter-pill';
import { triggerNameDocument } from './run-list.operations';

/** The filters that can't be chosen in the list: links from other pages set them. */
export function LinkedFilters({ onRemove }: { onRemove: (name: string) => void }) {
  const [params] = useSearchParams();
  const [launchedBy, branch, replay] = ['launchedBy', 'branch', 'replay'].map((name) => params.get(name));
  if (!launchedBy && !branch && !replay) return null;
  return (
    <FilterPills label="More filters that are set">
      {launchedBy && <LaunchedBy id={launchedBy} onRemove={() => onRemove('launchedBy')} />}
      {branch && <FilterPill what="Branch" value={branch} onRemove={() => onRemove('branch')} />}
      {replay && <FilterPill what="Of" value="one replay" onRemove={() => onRemove('replay')} />}
    </FilterPills>
  );
}

function LaunchedBy({ id, onRemove }: { id: string; onRemove: () => void }) {
  const { data, loading, error } = useQuery(triggerNameDocument, { variables: { id } });
  const name = data?.trigger.name ?? (loading ? '…' : error && problemOf(error).code === 'NOT_FOUND' ? 'a trigger that is gone' : 'one trigger');
  return <FilterPill what="Launched by" value={name} onRemove={onRemove} />;
}

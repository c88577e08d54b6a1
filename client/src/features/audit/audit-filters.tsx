import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { ListFilter } from '../../ui/list-filter';
import { ListToolbar } from '../../ui/list-toolbar';
import { SearchInput } from '../../ui/search-input';
import { actorTypes, filterNames, isNarrowed, outcomes, ranges } from './audit-filter';
import { actionGroups, actionWords, actorWord } from './audit-words';
import { outcomeWord } from './outcome';

interface AuditFiltersProps {
  /** What the one is called whose entries alone are shown, and the one thing, where the list tells. */
  names: { actor?: string; object?: string };
}

const whoData = actorTypes.map((each) => ({ value: each.toLowerCase(), label: actorWord(each) }));
const outcomeData = outcomes.map((each) => ({ value: each.toLowerCase(), label: outcomeWord(each) }));

/** What narrows the log. All of it is in the page's address. */
export function AuditFilters({ names }: AuditFiltersProps) {
  const [params, setParams] = useSearchParams();
  const change = (changes: Record<string, string | null>) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    }, { replace: true });
  const [actor, object, what] = [params.get('actor'), params.get('object'), params.get('what')];
  return (
    <ListToolbar>
      <SearchInput label="Search the log" />
      <ListFilter
        label="Who"
        any="Anybody"
        width={160}
        choices={actor ? [...whoData, { value: actor, label: names.actor ?? 'One of them' }] : whoData}
        value={actor ?? params.get('who')}
        onChange={(value) => change({ actor: null, who: null, ...(value && { [value === actor ? 'actor' : 'who']: value }) })}
      />
      <ListFilter label="What" any="Anything" width={192} choices={actionGroups} unknown={what ? actionWords(what) : undefined} value={what} onChange={(value) => change({ what: value })} />
      {object && <ListFilter label="Object" any="Any object" width={200} choices={[{ value: object, label: names.object ?? 'One object' }]} value={object} onChange={(value) => change({ object: value })} />}
      <ListFilter label="When" any="Any time" width={144} choices={ranges} value={params.get('since')} onChange={(value) => change({ since: value })} />
      <ListFilter label="Outcome" any="Any outcome" width={144} choices={outcomeData} value={params.get('outcome')} onChange={(value) => change({ outcome: value })} />
      {isNarrowed(params) && (
        <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />} onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, null])))}>
          Clear filters
        </Button>
      )}
    </ListToolbar>
  );
}

import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { formatAbsoluteTime } from '../../../ui/format';
import { ListFilter, type FilterChoice } from '../../../ui/list-filter';
import { ListToolbar } from '../../../ui/list-toolbar';
import { statusWord } from '../../../ui/run-status';
import { SearchInput } from '../../../ui/search-input';
import { LinkedFilters } from './linked-filters';
import { filterNames, isNarrowed, ranges, statusChoices, statuses, triggers } from './run-filter';
import { filterChoicesDocument } from './run-list.operations';
import { triggerWord } from './trigger-word';

const statusData: FilterChoice[] = [...statuses.map((each) => ({ value: each.toLowerCase(), label: statusWord(each) })), ...statusChoices];
const triggerData: FilterChoice[] = triggers.filter((each) => each !== 'WORKFLOW').map((each) => ({ value: each.toLowerCase(), label: triggerWord(each) }));

/** What narrows the list of runs. All of it is in the page's address. */
export function RunFilters() {
  const [params, setParams] = useSearchParams();
  const { data } = useQuery(filterChoicesDocument);
  const change = (name: string, value: string | null, without: readonly string[] = []) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const each of [name, ...without]) next.delete(each);
      if (value) next.set(name, value);
      return next;
    }, { replace: true });
  const clear = () =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const name of filterNames) next.delete(name);
      return next;
    }, { replace: true });

  const workflows = data?.workflows.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? [];
  const labels = data?.executionLabels.map((label) => ({ value: label, label })) ?? [];
  const between = params.get('from') ?? params.get('to');
  const times: FilterChoice[] = [...ranges, ...(between ? [{ value: 'between', label: spanOf(params) }] : [])];
  return (
    <ListToolbar>
      <SearchInput label="Search runs" />
      <ListFilter label="Workflow" any="Any workflow" width={200} choices={workflows} unknown="This workflow" value={params.get('workflow')} onChange={(value) => change('workflow', value)} />
      <ListFilter label="Status" any="Any status" width={160} choices={statusData} value={params.get('status')} onChange={(value) => change('status', value)} />
      <ListFilter
        label="Created"
        any="Any time"
        width={between ? 280 : 168}
        choices={times}
        value={between ? 'between' : params.get('since')}
        onChange={(value) => change('since', value === 'between' ? null : value, ['from', 'to'])}
      />
      <ListFilter label="Started by" any="Any trigger" width={144} choices={triggerData} value={params.get('trigger')} onChange={(value) => change('trigger', value)} />
      {(labels.length > 0 || params.get('label')) && (
        <ListFilter label="Label" any="Any label" width={144} choices={labels} value={params.get('label')} onChange={(value) => change('label', value)} />
      )}
      <LinkedFilters onRemove={(name) => change(name, null)} />
      {isNarrowed(params) && (
        <Button variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />} onClick={clear}>Clear filters</Button>
      )}
    </ListToolbar>
  );
}

function spanOf(params: URLSearchParams): string {
  const from = params.get('from');
  const to = params.get('to');
  return [from && `from ${timeWords(from)}`, to && `to ${timeWords(to)}`].filter(Boolean).join(' ');
}

const timeWords = (text: string) => (Number.isNaN(Date.parse(text)) ? text : formatAbsoluteTime(text));

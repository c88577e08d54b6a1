import { useQuery } from '@apollo/client/react';
import { MultiSelect, Radio, Stack } from '@mantine/core';
import { problemOf } from '../../api/api-errors';
import { triggerNamesDocument } from './api-key.operations';
import classes from './api-keys.module.css';

interface KeyReachProps {
  /** Ids of triggers; undefined where it may do what an editor may. */
  triggerIds: readonly string[] | undefined;
  onChange: (triggerIds: string[] | undefined) => void;
  error?: string | undefined;
}

/** What a key may do: all that an editor may, or nothing but to launch some triggers. */
export function KeyReach({ triggerIds, onChange, error }: KeyReachProps) {
  return (
    <Stack gap="xs">
      <Radio.Group label="May do" value={triggerIds ? 'triggers' : 'all'} onChange={(value) => onChange(value === 'all' ? undefined : [])}>
        <Stack gap={8} mt={4}>
          <Radio value="all" label="All that an editor may" />
          <Radio value="triggers" label="Nothing but launch the triggers chosen here" />
        </Stack>
      </Radio.Group>
      {triggerIds && <Triggers triggerIds={triggerIds} onChange={onChange} error={error} />}
    </Stack>
  );
}

function Triggers({ triggerIds, onChange, error }: KeyReachProps & { triggerIds: readonly string[] }) {
  const { data, error: failure, loading } = useQuery(triggerNamesDocument);
  const options = data?.triggers.edges.map(({ node: { id, name, workflow } }) => ({ value: id, label: `${name} · ${workflow.name}` })) ?? [];
  return (
    <MultiSelect
      className={classes.triggers}
      label="Triggers"
      placeholder={triggerIds.length > 0 ? undefined : loading ? 'Loading …' : 'Choose one or more'}
      data={options}
      value={[...triggerIds]}
      onChange={onChange}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={loading ? 'Loading …' : 'There is no such trigger.'}
      error={error ?? (failure && problemOf(failure).message)}
    />
  );
}

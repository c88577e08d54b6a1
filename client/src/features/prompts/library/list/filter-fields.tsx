import { useQuery } from '@apollo/client/react';
import { Autocomplete, MultiSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PromptKind } from '../../../../gql/graphql';
import { promptTagsDocument } from '../library.operations';
import type { LibraryView } from './library-view';

const kinds: { value: PromptKind | ''; label: string }[] = [{ value: '', label: 'Any' }, { value: 'TEXT', label: 'Text' }, { value: 'CHAT', label: 'Chat' }];
const usualLabels = ['production', 'staging'];

interface FilterFieldsProps {
  view: LibraryView;
  onChange: (change: Partial<LibraryView>) => void;
  /** Names of labels that are known to exist. */
  labels: readonly string[];
}

/** What a list of prompts can be narrowed by. */
export function FilterFields({ view, onChange, labels }: FilterFieldsProps) {
  const { data, previousData } = useQuery(promptTagsDocument);
  const [label, setLabel] = useState(view.label);
  const tags = (data ?? previousData)?.promptTags ?? [];
  const counts = new Map(tags.map(({ name, count }) => [name, count]));
  return (
    <Stack gap="md">
      <MultiSelect
        label="Tags"
        description="Prompts that have all of them"
        placeholder={view.tags.length === 0 ? (data && tags.length === 0 ? 'No prompt has a tag yet' : 'Any') : undefined}
        data={[...new Set([...tags.map(({ name }) => name), ...view.tags])]}
        value={[...view.tags]}
        onChange={(chosen) => onChange({ tags: chosen })}
        searchable
        openOnFocus={false}
        clearable
        maxDropdownHeight={240}
        nothingFoundMessage="No tag is called so"
        comboboxProps={{ withinPortal: false }}
        renderOption={({ option }) => <>{option.label} <Text span size="xs" c="dimmed" ml={4}>{counts.get(option.value) ?? 0}</Text></>}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="kind-filter">Kind</Text>
        <SegmentedControl
          fullWidth
          aria-labelledby="kind-filter"
          data={kinds}
          value={view.kind ?? ''}
          onChange={(value) => onChange({ kind: value === '' ? null : value })}
        />
      </div>
      <Autocomplete
        label="Label"
        description="Prompts with a version that has it"
        placeholder="Any"
        data={[...new Set([...usualLabels, ...labels])]}
        value={label}
        onChange={(typed) => {
          setLabel(typed);
          if (!typed) onChange({ label: '' });
        }}
        onOptionSubmit={(chosen) => onChange({ label: chosen })}
        onBlur={() => onChange({ label })}
        onKeyDown={({ key }) => {
          if (key === 'Enter') onChange({ label });
        }}
        clearable
        openOnFocus={false}
        comboboxProps={{ withinPortal: false }}
      />
    </Stack>
  );
}

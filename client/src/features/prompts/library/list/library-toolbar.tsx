import { Button, Popover, Select, VisuallyHidden } from '@mantine/core';
import { IconArrowsSort, IconFilter } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { PromptOrder } from '../../../../gql/graphql';
import { FilterPill, FilterPills } from '../../../../ui/filter-pill';
import { ListToolbar } from '../../../../ui/list-toolbar';
import { SearchInput } from '../../../../ui/search-input';
import { FilterFields } from './filter-fields';
import { countFilters, noFilters, type LibraryView } from './library-view';
import classes from './list.module.css';

const orders: { value: PromptOrder; label: string }[] = [
  { value: 'UPDATED', label: 'Last change' },
  { value: 'NAME', label: 'Name' },
  { value: 'CREATED', label: 'Newest' },
];

interface LibraryToolbarProps {
  view: LibraryView;
  onChange: (change: Partial<LibraryView>) => void;
  labels: readonly string[];
  /** What opens the folders on a small screen. */
  children?: ReactNode;
}

/** Search, filters and order of the list; each filter that is set can be taken off by itself. */
export function LibraryToolbar({ view, onChange, labels, children }: LibraryToolbarProps) {
  const [opened, setOpened] = useState(false);
  const count = countFilters(view);
  const { search: _, ...withoutSearch } = noFilters;
  const closeOnEscape = ({ key, target }: KeyboardEvent) => {
    // The first Esc is for the options of a field, the next one for the filters.
    if (key === 'Escape' && target instanceof Element && !target.closest('[data-mantine-stop-propagation=true]')) setOpened(false);
  };
  return (
    <ListToolbar>
      <SearchInput label="Search name, path, text, tags" />
      {children}
      <Popover opened={opened} onChange={setOpened} position="bottom-start" width={320} shadow="md" trapFocus returnFocus closeOnEscape={false}>
        <Popover.Target>
          <Button variant="default" leftSection={<IconFilter size={16} />} onClick={() => setOpened(!opened)} aria-expanded={opened}>
            Filter{count > 0 && <span className={classes.filterCount}>{count}<VisuallyHidden component="span"> set</VisuallyHidden></span>}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Filters" onKeyDown={closeOnEscape}>
          <FilterFields key={view.label} view={view} onChange={onChange} labels={labels} />
        </Popover.Dropdown>
      </Popover>
      <Select
        aria-label="Order"
        className={classes.order}
        leftSection={<IconArrowsSort size={16} />}
        data={orders}
        value={view.order}
        onChange={(order) => onChange({ order: orders.find(({ value }) => value === order)?.value ?? 'UPDATED' })}
        allowDeselect={false}
      />
      {count > 0 && (
        <FilterPills className={classes.filters} label="Filters that are set">
          {view.tags.map((tag) => <FilterPill key={tag} what="Tag" value={tag} onRemove={() => onChange({ tags: view.tags.filter((other) => other !== tag) })} />)}
          {view.kind && <FilterPill what="Kind" value={view.kind === 'CHAT' ? 'Chat' : 'Text'} onRemove={() => onChange({ kind: null })} />}
          {view.label && <FilterPill what="Label" value={view.label} onRemove={() => onChange({ label: '' })} />}
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onChange(withoutSearch)}>Clear filters</Button>
        </FilterPills>
      )}
    </ListToolbar>
  );
}

import { Menu } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { type ReactNode, type Ref, useMemo, useState } from 'react';
import { TreeView } from '../../../../ui/tree-view';
import classes from './arrived-values.module.css';
import { valueRows } from './value-rows';

interface ArrivedValuesProps {
  /** By the names that paths begin with, such as `payload`. */
  values: Readonly<Record<string, unknown>>;
  inputs: readonly { name: string; type: string }[];
  mapping: readonly { name: string; from?: string | null }[];
  /** Absent: for looking at only. */
  onMap?: ((input: string, path: string) => void) | undefined;
}

/** What has arrived as a tree. Opening a value, by click or Enter, gives it to an input of the workflow. */
export function ArrivedValues({ values, inputs, mapping, onMap }: ArrivedValuesProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(['headers', 'query']));
  const [chosen, setChosen] = useState<string>();
  const rows = useMemo(() => valueRows(values, closed), [values, closed]);
  const usersOf = (path: string) => mapping.filter(({ from }) => from === path).map(({ name }) => name);
  const map = (input: string, path: string) => {
    setChosen(undefined);
    onMap?.(input, path);
  };
  return (
    <TreeView
      label="What has arrived"
      items={rows}
      onOpen={({ id }) => onMap && setChosen(id)}
      onExpand={(id, expanded) => setClosed((before) => (expanded ? new Set([...before].filter((path) => path !== id)) : new Set([...before, id])))}
      rowProps={({ id, name, shown }) => ({ 'aria-label': [`${name}: ${shown}`, ...usersOf(id).map((input) => `used for ${input}`)].join(', ') })}
    >
      {({ id, name, shown }) => (
        <Menu opened={chosen === id} onChange={(opened) => !opened && setChosen(undefined)} position="bottom-start" width={260} returnFocus>
          <Menu.Target>
            <Row>
              <span className={classes.name} title={id}>{name}</span>
              <span className={classes.value} title={shown}>{shown}</span>
              {usersOf(id).length > 0 && (
                <span className={classes.used}>
                  <IconArrowRight size={12} aria-hidden /> {usersOf(id).join(', ')}
                </span>
              )}
            </Row>
          </Menu.Target>
          <Menu.Dropdown onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
            <Menu.Label>Use <code>{id}</code> for</Menu.Label>
            {inputs.map((input) => (
              <Menu.Item key={input.name} onClick={() => map(input.name, id)}>{input.name}</Menu.Item>
            ))}
            {inputs.length === 0 && <Menu.Item disabled>The workflow has no inputs</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
    </TreeView>
  );
}

/** Where the menu stands. What it says of itself belongs to the item of the tree around it, so that only its name and place are taken. */
function Row({ id, ref, children }: { id?: string; ref?: Ref<HTMLSpanElement>; children: ReactNode }) {
  return <span id={id} ref={ref} className={classes.row}>{children}</span>;
}

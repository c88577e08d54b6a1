import { Button, Tabs } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useState, type ReactNode, type RefObject } from 'react';
import classes from './inspector.module.css';
import { useStickToBottom } from './use-stick-to-bottom';

export interface InspectorTab {
  name: string;
  content: ReactNode;
}

interface InspectorProps {
  pane: RefObject<HTMLElement | null>;
  /** What is inspected; each subject is read from its start. */
  subject: string;
  title: string;
  subtitle?: string;
  status: ReactNode;
  notice?: ReactNode;
  tabs: InspectorTab[];
  /** Changes as the first tab's content grows; undefined while it does not. */
  growth: unknown;
}

/** What is known of the selected step, or of the run, tab by tab. The chosen tab stays while the selection moves. */
export function Inspector({ pane, subject, title, subtitle, status, notice, tabs, growth }: InspectorProps) {
  const [wanted, setWanted] = useState('Output');
  const tab = tabs.find(({ name }) => name === wanted) ?? tabs[0];
  const growing = growth !== undefined && tab === tabs[0];
  const { away, toBottom } = useStickToBottom(pane, growing, growth, `${subject} ${tab?.name}`);
  return (
    <section className={classes.inspector} aria-label={`Inspector: ${title}`}>
      <div className={classes.head}>
        <div className={classes.titleLine}>
          <h2 className={classes.title}>{title}</h2>
          {status}
          {subtitle && <span className={classes.key} title={`Key: ${subtitle}`}>{subtitle}</span>}
        </div>
      </div>
      <Tabs value={tab?.name ?? null} onChange={(name) => name && setWanted(name)} keepMounted={false}>
        <div className={classes.tabs}>
          <Tabs.List>
            {tabs.map(({ name }) => <Tabs.Tab key={name} value={name}>{name}</Tabs.Tab>)}
          </Tabs.List>
        </div>
        {tabs.map(({ name, content }) => (
          <Tabs.Panel key={name} value={name} className={classes.panel}>
            {notice}
            {content}
          </Tabs.Panel>
        ))}
      </Tabs>
      {growing && away && (
        <div className={classes.newest}>
          <Button size="compact-sm" leftSection={<IconArrowDown size={14} />} onClick={toBottom}>Newest</Button>
        </div>
      )}
    </section>
  );
}

import { useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Menu, Popover, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconDots, IconHistory, IconLock, IconLockOpen, IconTag, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { RelativeTime } from '../../../../ui/relative-time';
import { LabelBadge } from './label-badge';
import { LabelHistory } from './label-history';
import { labelMovesDocument, type Label, type LabelMoves } from './label.operations';
import classes from './labels.module.css';
import { NewLabelForm, usualLabels } from './new-label-form';
import { useLabelActions } from './use-label-actions';

interface LabelsPopoverProps {
  promptId: string;
  labels: readonly Label[];
  /** What the page shows: labels are moved to it. */
  shown: { id: string; version: string };
  /** The page of a version. */
  hrefOf: (versionId: string) => string;
}

/** Where the labels of a prompt are, how they came there, and every way to move them. */
export function LabelsPopover({ promptId, labels, shown, hrefOf }: LabelsPopoverProps) {
  const [opened, setOpened] = useState(false);
  const actions = useLabelActions(promptId);
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" width="min(440px, calc(100vw - 32px))" shadow="md" trapFocus returnFocus withRoles>
        <Popover.Target>
          <Button variant="default" size="xs" leftSection={<IconTag size={14} />} rightSection={<IconChevronDown size={14} />} onClick={() => setOpened(!opened)}>
            {summaryOf(labels)}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label="Labels" aria-labelledby={undefined}>
          {opened && <Labels promptId={promptId} labels={labels} shown={shown} hrefOf={hrefOf} actions={actions} onGo={() => setOpened(false)} />}
        </Popover.Dropdown>
      </Popover>
      {actions.dialogs}
    </>
  );
}

function summaryOf(labels: readonly Label[]): string {
  const [first, ...others] = [...labels].sort((one, other) => Number(other.name === 'production') - Number(one.name === 'production'));
  if (!first) return 'No label';
  const name = first.name.length > 16 ? `${first.name.slice(0, 15)}…` : first.name;
  return `${name} ${first.version.version}${others.length > 0 ? ` +${others.length}` : ''}`;
}

function Labels({ promptId, labels, shown, hrefOf, actions, onGo }: LabelsPopoverProps & Pick<LabelRowProps, 'actions' | 'onGo'>) {
  const { data, error, refetch } = useQuery(labelMovesDocument, { variables: { id: promptId }, fetchPolicy: 'cache-and-network' });
  const newest = labels.map(({ name, movedAt }) => `${name} ${movedAt}`).join(' ');
  const shownMoves = useRef(newest);
  useEffect(() => {
    if (shownMoves.current === newest) return;
    shownMoves.current = newest;
    void refetch().catch(() => undefined);
  }, [newest, refetch]);
  const unused = [...new Set([...usualLabels, ...actions.protectedNames])].filter((name) => !labels.some((label) => label.name === name));
  return (
    <div className={classes.popover}>
      {labels.length === 0 && (
        <p className={classes.empty}>
          A label names the version that callers get: programs fetch <code>production</code> unless they ask for another. Set one and move it when a newer version has proved itself.
        </p>
      )}
      <ul className={classes.list}>
        {labels.map((label) => (
          <LabelRow
            key={label.name}
            label={label}
            known={data?.prompt.labels.find(({ name }) => name === label.name)}
            problem={error ? problemOf(error).message : null}
            shown={shown}
            href={hrefOf(label.version.id)}
            actions={actions}
            onGo={onGo}
          />
        ))}
      </ul>
      {actions.mayWrite && (
        <div className={classes.foot}>
          <NewLabelForm
            suggestions={unused}
            submitLabel={`Set at ${shown.version}`}
            busy={actions.busy}
            mayMove={actions.mayMove}
            onSubmit={(name) => actions.move(name, shown, labels.find((label) => label.name === name)?.version)}
          />
        </div>
      )}
    </div>
  );
}

interface LabelRowProps {
  label: Label;
  /** Where it has been; undefined while it is loaded. */
  known: { moves: LabelMoves; rollsBackTo: { version: string } | null } | undefined;
  problem: string | null;
  shown: { id: string; version: string };
  href: string;
  actions: ReturnType<typeof useLabelActions>;
  onGo: () => void;
}

function LabelRow({ label, known, problem, shown, href, actions, onGo }: LabelRowProps) {
  const [history, setHistory] = useState(false);
  const { name, version, movedBy, movedAt } = label;
  const mayMove = actions.mayMove(name);
  const isHere = version.id === shown.id;
  const before = known?.moves.edges[0]?.node.to?.id === version.id ? known.rollsBackTo : undefined;
  return (
    <li className={classes.label}>
      <div className={classes.labelTop}>
        <LabelBadge name={name} isProtected={label.protected} />
        {label.protected && <span className={classes.protected}>protected</span>}
        <Link to={href} onClick={onGo} className={classes.version} title={version.message}>{version.version}</Link>
        <span className={classes.labelActions}>
          {!isHere && actions.mayWrite && (
            <Button size="compact-xs" variant="default" disabled={!mayMove || actions.busy} onClick={() => void actions.move(name, shown, version)} title={`${name} leaves ${version.version}`}>
              Move to {shown.version}
            </Button>
          )}
          {before && actions.mayWrite && (
            <Tooltip label={`Roll back to ${before.version}`} withinPortal={false}>
              <ActionIcon variant="default" size={22} aria-label={`Roll ${name} back to ${before.version}`} disabled={!mayMove || actions.busy} onClick={() => void actions.rollBack(label)}>
                <IconArrowBackUp size={14} />
              </ActionIcon>
            </Tooltip>
          )}
          <Menu position="bottom-end" withinPortal={false}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${name}`}><IconDots size={16} /></ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => setHistory(!history)}>{history ? 'Hide its moves' : 'Show its moves'}</Menu.Item>
              {actions.mayProtect && (
                <Menu.Item leftSection={label.protected ? <IconLockOpen size={16} /> : <IconLock size={16} />} onClick={() => void actions.setProtected(name, !label.protected)}>
                  {label.protected ? 'Let everybody who edits move it' : 'Let only owners move it'}
                </Menu.Item>
              )}
              {actions.mayWrite && <Menu.Item leftSection={<IconTrash size={16} />} disabled={!mayMove} onClick={() => void actions.remove(label)}>Remove label</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </span>
      </div>
      <div className={classes.moved}>
        {isHere ? 'At the version shown. ' : ''}Moved by {movedBy.name} <RelativeTime time={movedAt} />{actions.mayWrite && !mayMove && '. Only an owner of the workspace moves it'}
      </div>
      {history && <LabelHistory name={name} moves={known?.moves} problem={problem} />}
    </li>
  );
}

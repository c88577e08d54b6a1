import { ActionIcon, Button, Menu, Tabs } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { usePermissions } from '../../../api/use-permissions';
import { Notice } from '../../../ui/notice';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { DeliveryDrawer } from '../deliveries/delivery-drawer';
import { TriggerDeliveries } from '../deliveries/trigger-deliveries';
import { useLiveDeliveries } from '../deliveries/use-live-deliveries';
import { TriggerStateBadge } from '../trigger-state';
import type { Trigger } from '../trigger.operations';
import { TypeMark } from '../type-mark';
import { usePause } from '../use-pause';
import { DeleteTrigger } from './delete-trigger';
import classes from './detail.module.css';
import { FireDialog } from './fire-dialog';
import { TriggerOverview } from './trigger-overview';
import { TriggerSettings } from './trigger-settings';

const tabs = ['overview', 'deliveries', 'settings'];

interface TriggerViewProps {
  trigger: Trigger;
  /** @returns as it is now on the server */
  onReload: () => Promise<Trigger | undefined>;
}

export function TriggerView({ trigger, onReload }: TriggerViewProps) {
  const may = usePermissions();
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((each) => each === params.get('tab')) ?? 'overview';
  const [firing, setFiring] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const { toggle, busy } = usePause();
  useLiveDeliveries(trigger.id);
  const { active, alarm, alarmSince } = trigger;
  const open = (value: string) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const name of ['verdict', 'state', 'search', 'delivery']) next.delete(name);
      if (value === 'overview') next.delete('tab');
      else next.set('tab', value);
      return next;
    }, { replace: true });
  return (
    <>
      <PageHeader
        title={trigger.name}
        crumbs={[{ label: 'Triggers', to: '/triggers' }]}
        facts={
          <>
            <TypeMark type={trigger.type} />
            <TriggerStateBadge state={trigger.state} />
          </>
        }
        action={
          <>
            {may('trigger:write') && (
              <Button variant="default" className={classes.pause} loading={busy} leftSection={active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />} onClick={() => toggle(trigger)}>
                {active ? 'Pause' : 'Resume'}
              </Button>
            )}
            {may('trigger:fire') && <Button leftSection={<IconSend size={16} />} onClick={() => setFiring(true)}>Fire</Button>}
            {may('trigger:write') && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={36} aria-label="More"><IconDots size={16} /></ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>Delete…</Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      {(alarmSince ?? alarm) && (
        <div className={classes.alarm}>
          <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title={alarm ?? 'Something is wrong with this trigger.'}>
            {alarmSince && <>Since <RelativeTime time={alarmSince} />.</>}
          </Notice>
        </div>
      )}
      <Tabs value={tab} onChange={(value) => value && open(value)}>
        <div className={classes.tabs}>
          <Tabs.List>
            <Tabs.Tab value="overview">Overview</Tabs.Tab>
            <Tabs.Tab value="deliveries">Deliveries</Tabs.Tab>
            <Tabs.Tab value="settings">Settings</Tabs.Tab>
          </Tabs.List>
        </div>
        <Tabs.Panel value="overview">{tab === 'overview' && <TriggerOverview trigger={trigger} onFire={may('trigger:fire') ? () => setFiring(true) : undefined} />}</Tabs.Panel>
        <Tabs.Panel value="deliveries">{tab === 'deliveries' && <TriggerDeliveries trigger={trigger} />}</Tabs.Panel>
        <Tabs.Panel value="settings">{tab === 'settings' && <TriggerSettings trigger={trigger} onReload={onReload} />}</Tabs.Panel>
      </Tabs>
      <DeliveryDrawer />
      {firing && <FireDialog trigger={trigger} onClose={() => setFiring(false)} />}
      {deleting && <DeleteTrigger trigger={trigger} onClose={() => setDeleting(false)} />}
    </>
  );
}

import { Menu } from '@mantine/core';
import { IconLock, IconTag, IconTagPlus } from '@tabler/icons-react';
import type { Label } from './label.operations';
import type { useLabelActions } from './use-label-actions';

interface LabelMenuItemsProps {
  version: { id: string; version: string };
  labels: readonly Label[];
  actions: ReturnType<typeof useLabelActions>;
  onNew: () => void;
}

/** In the menu of a version: every label of the prompt moves here with one click, and is named with the version that it leaves. */
export function LabelMenuItems({ version, labels, actions, onNew }: LabelMenuItemsProps) {
  const elsewhere = labels.filter((label) => label.version.id !== version.id);
  return (
    <>
      <Menu.Label>Labels</Menu.Label>
      {elsewhere.map((label) => {
        const mayMove = actions.mayMove(label.name);
        const Icon = label.protected ? IconLock : IconTag;
        return (
          <Menu.Item
            key={label.name}
            leftSection={<Icon size={16} />}
            disabled={!mayMove}
            onClick={() => void actions.move(label.name, version, label.version)}
          >
            Move {label.name} here{' '}
            <span style={{ color: 'var(--mantine-color-dimmed)' }}>{mayMove ? `leaves ${label.version.version}` : 'only an owner may'}</span>
          </Menu.Item>
        );
      })}
      <Menu.Item leftSection={<IconTagPlus size={16} />} onClick={onNew}>Set another label…</Menu.Item>
    </>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsDiff, IconDots, IconGitBranch, IconHistory, IconRestore } from '@tabler/icons-react';
import { Link } from 'react-router';
import { LabelMenuItems } from '../labels/label-menu-items';
import { promptLinks } from '../prompt-links';
import type { VersionActions } from './use-version-actions';
import type { Version } from './version.operations';

interface VersionMenuProps {
  version: Version;
  actions: VersionActions;
  /** Leave out the way to where one is. */
  inHistory?: boolean;
}

/** Everything that can be done with a version. */
export function VersionMenu({ version, actions, inHistory = false }: VersionMenuProps) {
  const { promptId, branch, head, labels, labelActions } = actions;
  const isHead = version.id === head.id;
  const [parentId] = version.parentIds;
  const { mayWrite } = labelActions;
  if (!mayWrite && !parentId && isHead && inHistory) return null;
  return (
    <Menu position="bottom-start" width={296}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${version.version}`}><IconDots size={16} /></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {parentId && (
          <Menu.Item component={Link} to={promptLinks.compare(promptId, branch, parentId, version.id)} leftSection={<IconArrowsDiff size={16} />}>Compare with the one before</Menu.Item>
        )}
        {!isHead && (
          <Menu.Item component={Link} to={promptLinks.compare(promptId, branch, version.id, head.id)} leftSection={<IconArrowsDiff size={16} />}>Compare with {head.version}, the newest</Menu.Item>
        )}
        {!inHistory && (
          <Menu.Item component={Link} to={promptLinks.history(promptId, branch, version.id)} leftSection={<IconHistory size={16} />}>Show in the history</Menu.Item>
        )}
        {mayWrite && (
          <>
            <Menu.Item leftSection={<IconGitBranch size={16} />} onClick={() => actions.branchFrom(version)}>Branch from here…</Menu.Item>
            {!isHead && <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => actions.restore(version)}>Restore on {branch}…</Menu.Item>}
            <Menu.Divider />
            <LabelMenuItems version={version} labels={labels} actions={labelActions} onNew={() => actions.setNewLabel(version)} />
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

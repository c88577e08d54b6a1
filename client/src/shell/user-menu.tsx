import { Avatar, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { IconBrandGraphql, IconKey, IconLogout, IconSelector } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { problemOf } from '../api/api-errors';
import { session } from '../api/session';
import { useSession } from '../api/use-session';
import { notifyFailure } from '../ui/notify';
import classes from './shell.module.css';

const colorSchemes = ['light', 'dark', 'auto'] as const;
const colorSchemeNames = { light: 'Light', dark: 'Dark', auto: 'As the system has it' };

export function UserMenu() {
  const { viewer } = useSession();
  const navigate = useNavigate();
  if (!viewer) return null;
  const signOut = async () => {
    try {
      await session.signOut();
      await navigate('/sign-in', { replace: true });
    } catch (error) {
      notifyFailure(`You are still signed in. ${problemOf(error).message}`);
    }
  };
  return (
    <Menu width={240} position="top-start">
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={`Account of ${viewer.name}`}>
          <Avatar size={28} radius="xl" color="accent" name={viewer.name} aria-hidden />
          <span className={classes.userName}>
            <span>{viewer.name}</span>
            <span className={classes.workspace}>{viewer.workspace.name}</span>
          </span>
          <IconSelector size={16} aria-hidden className={classes.userChevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" c="var(--mantine-color-text)" truncate>{viewer.name}</Text>
          <Text size="xs" truncate>{viewer.email}</Text>
        </Menu.Label>
        <Menu.Divider />
        <ColorSchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKey size={16} />} onClick={() => void navigate('/settings/api-keys')}>API keys</Menu.Item>
        <Menu.Item leftSection={<IconBrandGraphql size={16} />} component="a" href="/graphiql" target="_blank">GraphiQL</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ColorSchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(colorSchemes.find((scheme) => scheme === value) ?? 'auto')}>
      {colorSchemes.map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme}>{colorSchemeNames[scheme]}</Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

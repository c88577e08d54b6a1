import { IconArchive, IconCloud, IconCoins, IconKey, IconListSearch, IconLock, IconPigMoney } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Permission } from '../../api/use-permissions';

interface SettingsPage {
  label: string;
  to: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Without it there is nothing to see there. */
  needs?: Permission;
}

/** The pages under `/settings`, in the order in which they are offered. */
export const settingsPages: readonly SettingsPage[] = [
  { label: 'Providers', to: '/settings/providers', icon: IconCloud },
  { label: 'Secrets', to: '/settings/secrets', icon: IconLock },
  { label: 'Model prices', to: '/settings/prices', icon: IconCoins },
  { label: 'Budgets', to: '/settings/budgets', icon: IconPigMoney },
  { label: 'Retention', to: '/settings/retention', icon: IconArchive },
  { label: 'API keys', to: '/settings/api-keys', icon: IconKey, needs: 'api-key:manage' },
  { label: 'Audit log', to: '/settings/audit', icon: IconListSearch, needs: 'audit:read' },
];

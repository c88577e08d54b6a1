import { IconCoins, IconKey, IconPigMoney } from '@tabler/icons-react';

/** The pages under `/settings`, in the order in which they are offered. */
export const settingsPages = [
  { label: 'API keys', to: '/settings/api-keys', icon: IconKey },
  { label: 'Model prices', to: '/settings/prices', icon: IconCoins },
  { label: 'Budgets', to: '/settings/budgets', icon: IconPigMoney },
] as const;

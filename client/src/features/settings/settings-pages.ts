import { IconKey } from '@tabler/icons-react';

/** The pages under `/settings`, in the order in which they are offered. */
export const settingsPages = [
  { label: 'API keys', to: '/settings/api-keys', icon: IconKey },
] as const;

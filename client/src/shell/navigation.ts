import { IconBolt, IconHome, IconMessage2Code, IconPlayerPlay, IconRoute, IconSettings } from '@tabler/icons-react';

export const destinations = [
  { label: 'Home', to: '/', icon: IconHome },
  { label: 'Prompts', to: '/prompts', icon: IconMessage2Code },
  { label: 'Workflows', to: '/workflows', icon: IconRoute },
  { label: 'Runs', to: '/runs', icon: IconPlayerPlay },
  { label: 'Triggers', to: '/triggers', icon: IconBolt },
  { label: 'Settings', to: '/settings', icon: IconSettings },
] as const;

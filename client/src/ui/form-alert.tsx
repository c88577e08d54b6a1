import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What stopped a form as a whole; what is wrong with one field stands beside the field. */
export function FormAlert({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <Alert role="alert" variant="light" color="red" icon={<IconAlertTriangle size={16} />} p="sm">
      {children}
    </Alert>
  );
}

import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { PageHeader } from '../ui/page-header';
import { EmptyState } from '../ui/states';

export function NotFoundPage() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState icon={<IconMapQuestion size={24} />} title="There is no such page" action={<Button component={Link} to="/">Go home</Button>}>
        The address may be mistyped, or what it led to may belong to another workspace.
      </EmptyState>
    </>
  );
}

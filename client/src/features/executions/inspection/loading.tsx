import { Skeleton } from '@mantine/core';

/** Stands for a text that is on its way. */
export const Loading = () => (
  <div role="status" aria-label="Loading">
    <Skeleton height={14} mb={12} width="70%" />
    <Skeleton height={14} mb={12} width="85%" />
    <Skeleton height={14} width="40%" />
  </div>
);

import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { formProblem } from '../../../../../api/api-errors';
import type { PreviewScheduleQuery } from '../../../../../gql/graphql';
import { previewScheduleDocument } from './schedule.operations';

export type SchedulePreview = PreviewScheduleQuery['previewSchedule'];

/** What a schedule would do, asked as soon as typing pauses. The last answer stays while the next is awaited. */
export function useSchedulePreview(cron: string, timeZone: string) {
  const [input] = useDebouncedValue({ cron, timeZone }, 200);
  const { data, previousData, error, loading } = useQuery(previewScheduleDocument, { variables: { input }, fetchPolicy: 'network-only' });
  const { fieldErrors, general } = error ? formProblem(error, ['cron', 'timeZone']) : { fieldErrors: {} as Record<string, string>, general: null };
  const stale = loading || input.cron !== cron || input.timeZone !== timeZone;
  return { preview: error ? undefined : (data ?? previousData)?.previewSchedule, errors: fieldErrors, problem: general, stale };
}

import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import type { StepState } from '../run-state';
import { runStepDocument, type StepDetails } from './inspection.operations';

interface LoadedStep {
  /** Undefined while they are on their way. */
  details: StepDetails | undefined;
  error: unknown;
  reload: () => void;
}

/** What the server keeps of a step, read anew each time the step has come further. */
export function useStepDetails(runId: string, stepKey: string, { status, attempt }: Pick<StepState, 'status' | 'attempt'>): LoadedStep {
  const { data, error, refetch } = useQuery(runStepDocument, { variables: { id: runId, key: stepKey }, fetchPolicy: 'cache-and-network' });
  useEffect(() => {
    void refetch().catch(() => undefined);
  }, [refetch, status, attempt]);
  const step = data?.execution.step;
  return { details: step?.key === stepKey ? step : undefined, error, reload: () => void refetch().catch(() => undefined) };
}

import { useMutation } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import type { RerunExecutionInput } from '../../../gql/graphql';
import { rerunDocument } from './rerun.operations';

/** Starts a run again and goes to the new one. Rejects with the API's refusal. */
export function useRerun() {
  const navigate = useNavigate();
  const [mutate, { loading }] = useMutation(rerunDocument);
  const rerun = async (input: Omit<RerunExecutionInput, 'workflowVersion'> & Partial<RerunExecutionInput>) => {
    const { data } = await mutate({
      variables: { input },
      update: (cache) => {
        cache.evict({ fieldName: 'executions' });
        cache.evict({ id: cache.identify({ __typename: 'Execution', id: input.executionId }), fieldName: 'reruns' });
      },
    });
    if (data) await navigate(`/runs/${data.rerunExecution.id}`);
  };
  return { rerun, busy: loading };
}

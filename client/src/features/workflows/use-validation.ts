import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { ValidateWorkflowQuery } from '../../gql/graphql';
import type { Draft, DraftStep } from './draft';
import { definitionFrom } from './draft-definition';
import { anchorOf, type Problem } from './draft-problems';
import { validateWorkflowDocument } from './workflow.operations';

export type AvailableValue = ValidateWorkflowQuery['validateWorkflow']['scopes'][number]['values'][number];

const pauseMs = 500;
/** Steps whose values are asked for at a time: those that are open, the first of them. */
const mostScopes = 40;

/** What the server says of a draft, asked in the pauses of typing. It is not asked about what can be told here to be wrong. */
export function useValidation(draft: Draft, found: readonly Problem[], workflowId: string | undefined, isOpened: (stepId: string) => boolean) {
  const [settled] = useDebouncedValue(draft, pauseMs);
  const definition = useMemo(() => definitionFrom(settled), [settled]);
  const isCurrent = settled === draft;
  const { data, previousData } = useQuery(validateWorkflowDocument, {
    variables: { input: { workflowId: workflowId ?? null, definition, scopesOf: openedKeys(settled.steps, isOpened).slice(0, mostScopes) } },
    skip: !isCurrent || draft.steps.length === 0 || !found.every(({ missing }) => missing),
    fetchPolicy: 'no-cache',
  });
  const problems = useMemo((): Problem[] => {
    // What is not filled in yet is no news to the person.
    if (!data || !isCurrent || found.length > 0) return [];
    return data.validateWorkflow.problems.filter(({ severity }) => severity === 'ERROR').map(({ field, message }) => ({ anchor: anchorOf(settled, `input.definition.${field}`), message }));
  }, [data, isCurrent, found, settled]);
  const scopes = (data ?? previousData)?.validateWorkflow.scopes;
  return {
    problems,
    valuesFor: (stepKey: string): readonly AvailableValue[] => scopes?.find((scope) => scope.stepKey === stepKey)?.values ?? [],
  };
}

function openedKeys(steps: readonly DraftStep[], isOpened: (stepId: string) => boolean, prefix = ''): string[] {
  return steps.filter(({ id }) => isOpened(id)).flatMap((step) => [prefix + step.key.trim(), ...openedKeys(step.steps, isOpened, `${prefix}${step.key.trim()}/`)]);
}

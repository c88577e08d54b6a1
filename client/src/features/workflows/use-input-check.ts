import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { readTexts } from './run-values';
import { checkWorkflowInputsDocument, type WorkflowInput } from './workflow.operations';

const pauseMs = 400;
/** Characters that are sent in a pause of typing; more than this is checked when the run starts. */
const mostChecked = 100_000;

/** What the inputs' schemas find wrong with what is typed, asked in the pauses of typing. By the names of the inputs. */
export function useInputCheck(workflowId: string, inputs: readonly WorkflowInput[], texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [settled] = useDebouncedValue(texts, pauseMs);
  const given = useMemo(() => readTexts(inputs, settled).given, [inputs, settled]);
  const hasSchemas = inputs.some(({ schema }) => (schema ?? null) !== null);
  const isShort = Object.values(settled).reduce((length, text) => length + text.length, 0) <= mostChecked;
  const { data } = useQuery(checkWorkflowInputsDocument, { variables: { input: { workflowId, inputs: given } }, skip: !hasSchemas || !isShort || settled !== texts, fetchPolicy: 'no-cache' });
  return useMemo(() => {
    const problems: Record<string, string> = {};
    for (const { name, message } of data?.checkWorkflowInputs ?? []) problems[name] = problems[name] === undefined ? message : `${problems[name]} ${message}`;
    return problems;
  }, [data]);
}

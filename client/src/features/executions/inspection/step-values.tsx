import { useApolloClient } from '@apollo/client/react';
import { SimulatedMark } from '../../../ui/simulated-mark';
import inspector from '../inspector.module.css';
import { isFinished, type RunState, type StepState } from '../run-state';
import type { Run, RunStep } from '../run.queries';
import { ValueView } from '../value-view';
import { ExcerptView } from './excerpt-view';
import { wholeInputDocument, wholeOutputDocument, type StepDetails } from './inspection.operations';
import { Loading } from './loading';
import { NamedValues } from './named-values';

interface StepValueProps {
  run: Run;
  step: RunStep;
  state: StepState;
  details: StepDetails | undefined;
  fileName: string;
}

export function StepOutput({ run, step, state, details, fileName, runStatus }: StepValueProps & { runStatus: RunState['status'] }) {
  const client = useApolloClient();
  const mark = state.simulated ? <SimulatedMark /> : undefined;
  if (state.status === 'COMPLETED') {
    const readWhole = async () => (await client.query({ query: wholeOutputDocument, variables: { id: run.id, key: step.key }, fetchPolicy: 'no-cache' })).data?.execution.step?.output;
    return (
      <>
        {state.output !== undefined ? (
          <ValueView key={step.key} what="output" fileName={fileName} value={state.output} mark={mark} />
        ) : details?.outputExcerpt ? (
          <ExcerptView key={step.key} what="output" fileName={fileName} excerpt={details.outputExcerpt} readWhole={readWhole} mark={mark} />
        ) : (
          <Loading />
        )}
        {details?.finishReason === 'length' && <p className={inspector.nothing}>The model stopped at its longest answer, so this may break off. Allow longer answers in the prompt’s settings.</p>}
      </>
    );
  }
  if (state.text !== '') {
    const growing = state.status === 'RUNNING';
    return <ValueView key={step.key} what="output" fileName={fileName} value={state.text} growing={growing} mark={<>{mark}{!growing && <span>What came before it broke off</span>}</>} />;
  }
  return <p className={inspector.nothing}>{noOutputYet(run, step, state, runStatus)}</p>;
}

function noOutputYet(run: Run, step: RunStep, state: StepState, runStatus: RunState['status']): string {
  if (state.status === 'RUNNING') return step.type === 'PROMPT' ? 'Waiting for the model’s first words…' : 'Working…';
  if (state.status === 'WAITING') return 'There is no output yet.';
  if (state.status === 'FAILED') return 'It failed before it gave an output.';
  if (state.status === 'SKIPPED') return 'It was skipped: what it hangs on went another way.';
  if (state.status === 'CANCELLED') return 'It was cancelled before it gave an output.';
  if (isFinished(runStatus)) return 'The run ended before this step began.';
  const needs = run.workflowVersion.steps.find(({ key }) => key === step.key)?.dependsOn ?? [];
  const names = needs.map((key) => run.steps.find((other) => other.key === key)?.name ?? key);
  return names.length === 0 ? 'This step has not begun yet.' : `Begins when ${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} done.`;
}

export function StepInput({ run, step, state, details, fileName }: StepValueProps) {
  const client = useApolloClient();
  if (state.status === 'PENDING') return <p className={inspector.nothing}>Its input is put together when it begins.</p>;
  if (!details) return <Loading />;
  const { inputExcerpt: excerpt } = details;
  if (!excerpt) return <p className={inspector.nothing}>It took no input.</p>;
  const value: unknown = excerpt.value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return <NamedValues values={value} fileName={`${fileName} - input`} nothing="This step takes no input." />;
  const readWhole = async () => (await client.query({ query: wholeInputDocument, variables: { id: run.id, key: step.key }, fetchPolicy: 'no-cache' })).data?.execution.step?.input;
  return <ExcerptView what="input" fileName={`${fileName} - input`} excerpt={excerpt} readWhole={readWhole} />;
}

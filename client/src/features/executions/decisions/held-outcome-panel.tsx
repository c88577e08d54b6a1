import { useMutation } from '@apollo/client/react';
import { Button, Checkbox, Radio, Stack, Textarea } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import type { UnknownOutcomeResolution } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { readValue, type Reading } from '../../workflows/input-value';
import { resolveUnknownOutcomeDocument } from './decision.operations';
import classes from './decisions.module.css';

const choices: { value: UnknownOutcomeResolution; label: string; description: string }[] = [
  { value: 'RETRY', label: 'Run it again', description: 'If the call did happen, it then happens twice.' },
  { value: 'COMPLETE', label: 'It succeeded', description: 'It is not called again; you say what it gave.' },
  { value: 'FAIL', label: 'Let it fail', description: 'What the step does when it fails then happens.' },
];

/** Where somebody says what became of a call that was cut off. */
export function HeldOutcomePanel({ executionId, stepKey, paused }: { executionId: string; stepKey: string; paused: boolean }) {
  const mayDecide = usePermissions()('execution:start');
  return (
    <section className={classes.panel} aria-labelledby="held-title">
      <p className={classes.kicker}><IconHelpCircle size={16} aria-hidden />Waits for a decision</p>
      <h3 id="held-title" className={classes.title}>Nobody knows whether this step’s call happened</h3>
      <p className={classes.instructions}>The server stopped while the call was under way. Look on the other side, then say what became of it.</p>
      {mayDecide ? <Resolution executionId={executionId} stepKey={stepKey} paused={paused} /> : <p className={classes.until}>An owner or editor of the workspace decides this.</p>}
    </section>
  );
}

function Resolution({ executionId, stepKey, paused }: { executionId: string; stepKey: string; paused: boolean }) {
  const [mutate, { loading, data }] = useMutation(resolveUnknownOutcomeDocument);
  const [chosen, setChosen] = useState<UnknownOutcomeResolution | null>(null);
  const [output, setOutput] = useState('');
  const [isJson, setIsJson] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [outputProblem, setOutputProblem] = useState<string | null>(null);
  if (data) return <p role="status" className={classes.decided}>It is decided. {paused ? 'The run acts on it when it is resumed.' : 'The run goes on…'}</p>;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return setProblem('Choose what became of it.');
    const reading: Reading = chosen === 'COMPLETE' ? readValue(isJson ? 'JSON' : 'TEXT', output) : { value: null };
    if (reading.problem !== undefined) return setOutputProblem(reading.problem);
    setProblem(null);
    try {
      await mutate({ variables: { input: { executionId, stepKey, resolution: chosen, output: reading.value } } });
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <Radio.Group aria-label="What became of the call" value={chosen} onChange={(value) => setChosen(choices.find((choice) => choice.value === value)?.value ?? null)}>
        <Stack gap="xs">{choices.map((choice) => <Radio key={choice.value} {...choice} />)}</Stack>
      </Radio.Group>
      {chosen === 'COMPLETE' && (
        <>
          <Textarea
            label="What it gave"
            autosize
            minRows={2}
            maxRows={12}
            value={output}
            error={outputProblem}
            onChange={({ currentTarget }) => {
              setOutput(currentTarget.value);
              setOutputProblem(null);
            }}
          />
          <Checkbox label="This is JSON" checked={isJson} onChange={({ currentTarget }) => setIsJson(currentTarget.checked)} />
        </>
      )}
      <FormAlert>{problem}</FormAlert>
      <div className={classes.buttons}>
        <Button type="submit" loading={loading}>Decide</Button>
      </div>
    </form>
  );
}

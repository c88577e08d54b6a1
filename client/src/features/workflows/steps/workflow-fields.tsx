import { useQuery } from '@apollo/client/react';
import { Anchor, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { workflowsDocument, workflowToRunDocument } from '../workflow.operations';
import { GivenValues } from './named-values';
import { textSetting } from './step-rules';
import { useRefetchOnReturn, useTakenVariables } from './use-taken-variables';

/** Which workflow a step runs, and what its inputs are given. */
export function WorkflowFields({ step }: { step: DraftStep }) {
  const workflowId = textSetting(step.settings, 'workflowId');
  const { data, error, refetch } = useQuery(workflowToRunDocument, { variables: { id: workflowId }, skip: !workflowId });
  const called = data?.workflow.id === workflowId ? data.workflow : undefined;
  const inputs = called?.head.inputs;
  useTakenVariables(step.id, inputs?.map(({ name, required, defaultValue }) => ({ name, optional: !required || (defaultValue ?? null) !== null })));
  useRefetchOnReturn(() => workflowId !== '' && void refetch().catch(() => undefined));
  return (
    <>
      <div>
        <WorkflowSelect step={step} chosen={called} problem={error && workflowId ? lost(error) : undefined} />
        {called && (
          <p className={classes.below}>
            Its newest version when the run starts, now <span className="tabular">{called.head.number}</span>.{' '}
            <Anchor component={Link} to={`/workflows/${called.id}`} target="_blank" rel="noreferrer" inherit underline="always">
              Open the workflow<IconExternalLink size={12} style={{ marginLeft: 4 }} aria-label=", in a new tab" />
            </Anchor>
          </p>
        )}
      </div>
      {workflowId && (
        <GivenValues
          step={step}
          title="Its inputs"
          empty={called && 'This workflow takes no inputs.'}
          about={new Map(inputs?.map(({ name, description }) => [name, description]))}
        />
      )}
    </>
  );
}

function lost(error: unknown): string {
  const { code, message } = problemOf(error);
  return code === 'NOT_FOUND' ? 'This workflow is not there any more. Choose another one.' : message;
}

interface WorkflowSelectProps {
  step: DraftStep;
  chosen: { id: string; name: string } | undefined;
  problem: string | undefined;
}

function WorkflowSelect({ step, chosen, problem }: WorkflowSelectProps) {
  const { change } = useEditor();
  const { id: edited } = useParams();
  const anchor = `steps.${step.id}.workflow`;
  const field = useField(anchor);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed.trim(), 200);
  const { data, previousData } = useQuery(workflowsDocument, { variables: { first: 50, search: search || null } });
  const offered = ((data ?? previousData)?.workflows.edges ?? []).filter(({ node }) => node.id !== edited).map(({ node }) => ({ value: node.id, label: node.name }));
  const choices = chosen && !offered.some(({ value }) => value === chosen.id) ? [{ value: chosen.id, label: chosen.name }, ...offered] : offered;
  return (
    <Select
      {...field}
      label="Workflow"
      placeholder="Choose the workflow that runs here"
      searchable
      // The server searches; what it returns is all that is to be shown.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      data={choices}
      value={textSetting(step.settings, 'workflowId') || null}
      allowDeselect={false}
      error={field.error ?? problem}
      nothingFoundMessage={search ? 'No workflow has this in its name' : 'There is no other workflow yet'}
      onChange={(workflowId) => workflowId && change((draft) => changeSettings(draft, step.id, { workflowId }), anchor)}
    />
  );
}

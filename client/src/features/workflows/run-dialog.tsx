import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { formProblem, problemOf } from '../../api/api-errors';
import { FormAlert } from '../../ui/form-alert';
import { readValue, writeValue } from './input-value';
import { RunField } from './run-field';
import { executeWorkflowDocument, workflowToRunDocument, type WorkflowInput } from './workflow.operations';

interface RunDialogProps {
  workflowId: string;
  /** Values to begin with, as an earlier run had them. */
  values?: unknown;
  onClose: () => void;
}

/** Asks for the workflow's inputs, starts a run and goes to its page. */
export function RunDialog({ workflowId, values, onClose }: RunDialogProps) {
  const { data, error } = useQuery(workflowToRunDocument, { variables: { id: workflowId }, fetchPolicy: 'network-only' });
  const workflow = data?.workflow;
  return (
    <Modal opened onClose={onClose} title={workflow ? `Run “${workflow.name}”` : 'Run'} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {workflow ? (
        <RunForm workflowId={workflowId} number={workflow.head.number} inputs={workflow.head.inputs} values={values} onClose={onClose} />
      ) : error ? (
        <FormAlert>{problemOf(error).message}</FormAlert>
      ) : (
        <Skeleton height={96} />
      )}
    </Modal>
  );
}

interface RunFormProps extends RunDialogProps {
  number: number;
  inputs: readonly WorkflowInput[];
}

function RunForm({ workflowId, number, inputs, values, onClose }: RunFormProps) {
  const navigate = useNavigate();
  const [execute, { loading }] = useMutation(executeWorkflowDocument);
  const [texts, setTexts] = useState(() => startingTexts(inputs, values));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // The dialog gave the focus to what was in it when it opened, which was before the workflow was there.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  const change = (name: string, text: string) => {
    setTexts((current) => ({ ...current, [name]: text }));
    setErrors(({ [name]: _, ...others }) => others);
  };

  const run = async () => {
    if (loading) return;
    const { given, problems } = readTexts(inputs, texts);
    setErrors(problems);
    setProblem(null);
    const [first] = Object.keys(problems);
    if (first !== undefined) return focusInput(first);
    try {
      const { data } = await execute({
        variables: { input: { workflowId, inputs: given } },
        update: (cache) => cache.evict({ fieldName: 'executions' }),
      });
      if (data) await navigate(`/runs/${data.executeWorkflow.id}`);
      onClose();
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, inputs.map(({ name }) => name), 'input.inputs.');
      setErrors(fieldErrors);
      setProblem(general);
      const [refused] = Object.keys(fieldErrors);
      if (refused !== undefined) focusInput(refused);
    }
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
  };
  return (
    <form ref={form} onSubmit={submit} onKeyDown={submitByKey} noValidate>
      <Stack gap="md">
        <FormAlert>{problem}</FormAlert>
        {inputs.length === 0 && <Text c="dimmed">This workflow takes no inputs.</Text>}
        {inputs.map((input, index) => (
          <RunField
            key={input.name}
            id={inputId(input.name)}
            input={input}
            text={texts[input.name] ?? ''}
            error={errors[input.name]}
            autoFocus={index === 0}
            onChange={(text) => change(input.name, text)}
          />
        ))}
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">Runs version {number}.</Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={loading} leftSection={<IconPlayerPlay size={16} />} data-autofocus={inputs.length === 0 || undefined}>Run</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

const inputId = (name: string) => `run-input-${name}`;

const focusInput = (name: string) => document.getElementById(inputId(name))?.focus();

function startingTexts(inputs: readonly WorkflowInput[], values: unknown): Record<string, string> {
  const earlier: Record<string, unknown> = typeof values === 'object' && values !== null ? { ...values } : {};
  return Object.fromEntries(inputs.map(({ name, type, defaultValue }) => [name, writeValue(type, earlier[name] ?? defaultValue)]));
}

function readTexts(inputs: readonly WorkflowInput[], texts: Record<string, string>) {
  const given: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const { name, type, required } of inputs) {
    const text = texts[name] ?? '';
    const reading = readValue(type, text);
    if (reading.problem !== undefined) problems[name] = reading.problem;
    else if (text === '' && required) problems[name] = 'This is needed to run the workflow.';
    else if (text !== '') given[name] = reading.value;
  }
  return { given, problems };
}

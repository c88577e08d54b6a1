import { useMutation } from '@apollo/client/react';
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { formProblem } from '../../api/api-errors';
import { FormAlert } from '../../ui/form-alert';
import { writeValue } from './input-value';
import { RunField } from './run-field';
import { readTexts, startingTexts } from './run-values';
import { useInputCheck } from './use-input-check';
import { executeWorkflowDocument, type WorkflowToRun } from './workflow.operations';

interface RunFormProps {
  workflow: WorkflowToRun;
  /** Values to begin with, as an earlier run had them. */
  values: unknown;
  onClose: () => void;
}

/** What a run of the newest version is given. */
export function RunForm({ workflow, values, onClose }: RunFormProps) {
  const { id: workflowId, head } = workflow;
  const { inputs } = head;
  const navigate = useNavigate();
  const [execute, { loading }] = useMutation(executeWorkflowDocument);
  const [texts, setTexts] = useState(() => startingTexts(inputs, values));
  const [branch, setBranch] = useState<string | null>(null);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const found = useInputCheck(workflowId, inputs, texts);
  // The dialog gave the focus to what was in it when it opened, which was before the workflow was there.
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  const change = (name: string, text: string) => {
    setTexts((current) => ({ ...current, [name]: text }));
    setTouched((current) => new Set(current).add(name));
    setErrors(({ [name]: _, ...others }) => others);
  };
  const samples = inputs.filter(({ sample }) => (sample ?? null) !== null);
  const takeSamples = () => {
    setTexts((current) => ({ ...current, ...Object.fromEntries(samples.map(({ name, type, sample }) => [name, writeValue(type, sample)])) }));
    setErrors({});
  };

  const run = async () => {
    if (loading) return;
    const { given, problems, missing } = readTexts(inputs, texts);
    const all = { ...Object.fromEntries(missing.map((name) => [name, 'This is needed to run the workflow.'])), ...problems };
    setErrors(all);
    setProblem(null);
    const first = inputs.find(({ name }) => all[name] !== undefined);
    if (first) return focusInput(first.name);
    try {
      const { data } = await execute({
        variables: { input: { workflowId, inputs: given, branch } },
        update: (cache) => cache.evict({ fieldName: 'executions' }),
      });
      if (data) await navigate(`/runs/${data.executeWorkflow.id}`);
      onClose();
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, inputs.map(({ name }) => name), 'input.inputs.');
      setErrors(fieldErrors);
      setProblem(general);
      const refused = inputs.find(({ name }) => fieldErrors[name] !== undefined);
      if (refused) focusInput(refused.name);
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
        {samples.length > 0 && <Group><Button variant="default" size="compact-sm" onClick={takeSamples}>Fill in the samples</Button></Group>}
        {inputs.map((input, index) => (
          <RunField
            key={input.name}
            id={inputId(input.name)}
            input={input}
            text={texts[input.name] ?? ''}
            error={errors[input.name] ?? (touched.has(input.name) && texts[input.name] !== '' ? found[input.name] : undefined)}
            autoFocus={index === 0}
            onChange={(text) => change(input.name, text)}
          />
        ))}
        {head.promptBranches.length > 0 && (
          <Select
            label="Branch of the prompts"
            description="Prompts that have it run as they are there, the others as their steps say."
            placeholder="As the steps say"
            clearable
            data={head.promptBranches}
            value={branch}
            onChange={setBranch}
          />
        )}
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">Runs version {head.number}. {waitingNote(head.concurrency)}</Text>
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={loading} leftSection={<IconPlayerPlay size={16} />} data-autofocus={inputs.length === 0 || undefined}>Run</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** Why a run may not start at once. */
function waitingNote(concurrency: WorkflowToRun['head']['concurrency']): string {
  const { maxRuns, key, maxRunsPerKey } = concurrency ?? {};
  const runs = (count: number) => (count === 1 ? 'One runs' : `${count} run`);
  const perKey = key && maxRunsPerKey ? ` with the same ${key.replace(/^inputs\./, '')}` : undefined;
  if (perKey && maxRunsPerKey) return `${runs(maxRunsPerKey)} at a time${perKey}; others wait.`;
  return maxRuns ? `${runs(maxRuns)} at a time; others wait.` : '';
}

const inputId = (name: string) => `run-input-${name}`;

function focusInput(name: string): void {
  const field = document.getElementById(inputId(name));
  const target = field?.matches('input, textarea') ? field : (field?.querySelector<HTMLElement>('input, textarea, [contenteditable="true"]') ?? field);
  target?.focus();
}

import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Select, Stack, Switch } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import * as z from 'zod/mini';
import { formProblem } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import { BranchField } from '../rerun/branch-field';
import { promptsOfWorkflowDocument, replayWorkflowDocument, workflowsOfPromptDocument } from './replay.operations';

interface ReplayDialogProps {
  /** Absent: it is chosen from those that run the prompt. */
  workflowId?: string;
  promptId?: string;
  branch?: string;
  onClose: () => void;
}

const most = 100;

/** Runs what a workflow was given of late once more, on a prompt branch. */
export function ReplayDialog({ workflowId: given, promptId, branch: first = '', onClose }: ReplayDialogProps) {
  const navigate = useNavigate();
  const [start, { loading }] = useMutation(replayWorkflowDocument);
  const { choices, none } = useWorkflowsOf(promptId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [branch, setBranch] = useState(first);
  const [last, setLast] = useState<number | string>(20);
  const [withFailed, setWithFailed] = useState(true);
  const [problems, setProblems] = useState<{ fieldErrors: Record<string, string>; general: string | null }>({ fieldErrors: {}, general: null });
  const workflowId = given ?? chosen ?? choices[0]?.value ?? '';
  const promptIds = usePromptsOf(workflowId, promptId);
  const { fieldErrors, general } = problems;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (loading || workflowId === '') return;
    const missing: Record<string, string> = {};
    if (branch.trim() === '') missing['branch'] = 'Choose a branch.';
    if (typeof last !== 'number') missing['last'] = `Give a whole number from 1 to ${most}.`;
    setProblems({ fieldErrors: missing, general: null });
    if (typeof last !== 'number' || Object.keys(missing).length > 0) return;
    try {
      const { data } = await start({
        variables: { input: { workflowId, branch: branch.trim(), last, statuses: withFailed ? null : ['COMPLETED'] } },
        update: (cache) => cache.evict({ fieldName: 'replays' }),
      });
      if (data) await navigate(`/replays/${data.replayWorkflow.id}`);
      onClose();
    } catch (error) {
      setProblems(formProblem(error, ['branch', 'last']));
    }
  };

  return (
    <Modal opened onClose={onClose} title="Replay the last runs on a branch">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <FormAlert>{general ?? (none && 'No workflow runs this prompt yet. Add it to one, and run that first.')}</FormAlert>
          {promptId && choices.length > 0 && <Select label="Workflow" data={choices} value={workflowId} allowDeselect={false} onChange={setChosen} />}
          <BranchField
            promptIds={promptIds}
            value={branch}
            error={fieldErrors['branch']}
            description="The newest version of the workflow runs. Prompts that have the branch are taken from there, the others from where their step says."
            autoFocus={first === ''}
            onChange={setBranch}
          />
          <NumberInput
            label="Last runs"
            description="The inputs of the newest runs that have ended. Each costs what its steps cost now."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={1}
            max={most}
            allowDecimal={false}
            clampBehavior="none"
            value={last}
            error={fieldErrors['last']}
            data-autofocus={first !== '' || undefined}
            onChange={setLast}
          />
          <Switch label="Runs that failed too" checked={withFailed} onChange={({ currentTarget: { checked } }) => setWithFailed(checked)} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={loading} disabled={workflowId === ''} leftSection={<IconPlayerTrackNext size={16} />}>Replay</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The workflows that run a prompt, as choices. */
function useWorkflowsOf(promptId: string | undefined) {
  const { data } = useQuery(workflowsOfPromptDocument, { variables: { id: promptId ?? '' }, skip: !promptId, fetchPolicy: 'network-only' });
  const byId = new Map(data?.prompt.usedBy.map(({ workflow }) => [workflow.id, workflow.name]));
  return { choices: [...byId].map(([value, label]) => ({ value, label })), none: data !== undefined && byId.size === 0 };
}

const settingsSchema = z.object({ promptId: z.string() });

/** The prompts that a workflow runs, of which the branches are offered. */
function usePromptsOf(workflowId: string, promptId: string | undefined): string[] {
  const { data } = useQuery(promptsOfWorkflowDocument, { variables: { id: workflowId }, skip: workflowId === '' || promptId !== undefined });
  if (promptId) return [promptId];
  return (data?.workflow.head.steps ?? []).flatMap(({ settings }) => {
    const parsed = settingsSchema.safeParse(settings);
    return parsed.success ? [parsed.data.promptId] : [];
  });
}

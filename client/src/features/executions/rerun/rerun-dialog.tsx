import { useQuery } from '@apollo/client/react';
import { Button, Collapse, Group, Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconRotateClockwise } from '@tabler/icons-react';
import { useId, useState, type FormEvent } from 'react';
import { formProblem } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import type { Run } from '../run.queries';
import { BranchField } from './branch-field';
import { type PinnedStep, pinnedSteps } from './pinned-steps';
import { newestVersionDocument } from './rerun.operations';
import { noChange, PinnedStepFields, type StepChange } from './pinned-step-fields';
import classes from './rerun.module.css';
import { useRerun } from './use-rerun';

interface RerunDialogProps {
  run: Run;
  /** The key of the step to begin with; absent: the beginning. */
  fromStep?: string | undefined;
  onClose: () => void;
}

const beginning = '';

/** Starts a run again with something changed: where it begins, the versions that it runs, its models. */
export function RerunDialog({ run, fromStep = beginning, onClose }: RerunDialogProps) {
  const { rerun, busy } = useRerun();
  const { data: newest } = useQuery(newestVersionDocument, { variables: { id: run.workflow.id }, fetchPolicy: 'network-only' });
  const [from, setFrom] = useState(fromStep);
  const [version, setVersion] = useState<'SAME' | 'LATEST'>('SAME');
  const [branch, setBranch] = useState('');
  const [changes, setChanges] = useState<Readonly<Record<string, StepChange>>>({});
  const [problems, setProblems] = useState<{ fieldErrors: Record<string, string>; general: string | null }>({ fieldErrors: {}, general: null });
  const pinned = pinnedSteps(run);
  const newestNumber = newest?.workflow.head.number ?? run.workflowVersion.number;
  const hasNewer = newestNumber > run.workflowVersion.number;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setProblems({ fieldErrors: {}, general: null });
    const changed = Object.entries(changes);
    try {
      await rerun({
        executionId: run.id,
        fromStep: from || null,
        workflowVersion: version,
        branch: branch.trim() || null,
        promptVersions: changed.flatMap(([stepKey, { promptVersionId }]) => (promptVersionId ? [{ stepKey, promptVersionId }] : [])),
        models: changed.flatMap(([stepKey, { model }]) => (model ? [{ stepKey, model }] : [])),
      });
      onClose();
    } catch (error) {
      setProblems(formProblem(error, ['fromStep', 'branch']));
    }
  };

  return (
    <Modal opened onClose={onClose} title="Run again with changes" size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <FormAlert>{problems.general}</FormAlert>
          <Select
            label="Begin at"
            description={from ? 'This step, those that did not complete, and all that hangs on them run again. The other results are taken over and cost nothing.' : 'Every step runs again, with the same inputs.'}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={[{ value: beginning, label: 'The beginning' }, ...run.steps.filter(({ status }) => status !== 'SKIPPED').map(({ key, name }) => ({ value: key, label: name }))]}
            value={from}
            allowDeselect={false}
            error={problems.fieldErrors['fromStep']}
            data-autofocus
            onChange={(key) => setFrom(key ?? beginning)}
          />
          {hasNewer && (
            <div>
              <Text size="sm" fw={500} mb={4} id="rerun-version">Workflow version</Text>
              <SegmentedControl
                aria-labelledby="rerun-version"
                data={[{ value: 'SAME', label: `Version ${run.workflowVersion.number}, as it ran` }, { value: 'LATEST', label: `Version ${newestNumber}, the newest` }]}
                value={version}
                onChange={(value) => setVersion(value === 'LATEST' ? 'LATEST' : 'SAME')}
              />
            </div>
          )}
          <BranchField
            promptIds={run.steps.flatMap(({ promptVersion }) => promptVersion?.prompt.id ?? [])}
            value={branch}
            error={problems.fieldErrors['branch']}
            placeholder={run.branch ?? 'As it ran'}
            description="Every prompt that has it is taken from there. Left empty, what runs is what ran."
            onChange={setBranch}
          />
          {pinned.length > 0 && <StepChanges steps={pinned} changes={changes} onChange={(path, change) => setChanges((current) => ({ ...current, [path]: change }))} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy} leftSection={<IconRotateClockwise size={16} />}>Run again</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface StepChangesProps {
  steps: readonly PinnedStep[];
  changes: Readonly<Record<string, StepChange>>;
  onChange: (path: string, change: StepChange) => void;
}

function StepChanges({ steps, changes, onChange }: StepChangesProps) {
  const [opened, setOpened] = useState(false);
  const region = useId();
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        className={classes.opener}
        leftSection={opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        aria-expanded={opened}
        aria-controls={region}
        onClick={() => setOpened(!opened)}
      >
        Other prompt versions or models
      </Button>
      <Collapse expanded={opened} id={region}>
        <div className={classes.steps}>
          {opened && steps.map((step) => <PinnedStepFields key={step.path} step={step} change={changes[step.path] ?? noChange} onChange={(change) => onChange(step.path, change)} />)}
        </div>
      </Collapse>
    </div>
  );
}

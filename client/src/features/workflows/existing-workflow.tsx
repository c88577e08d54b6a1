import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Tabs } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { notifyDone } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { UnsavedChangesGuard } from '../../ui/unsaved-changes';
import { useSaveKey } from '../../ui/use-save-key';
import { WorkflowReplays } from '../executions/replay/workflow-replays';
import { WorkflowTriggers } from '../triggers/list/workflow-triggers';
import { ConflictNotice } from './conflict-notice';
import type { Draft } from './draft';
import { definitionFrom, draftFrom } from './draft-definition';
import { EditorForm } from './editor-form';
import classes from './editor.module.css';
import { RunDialog } from './run-dialog';
import { SaveBar } from './save-bar';
import { useDraftEditor } from './use-draft-editor';
import { WorkflowRuns } from './workflow-runs';
import { ReviewChanges } from './versions/review-changes';
import { useRestore } from './versions/use-restore';
import { WorkflowVersions } from './versions/version-list';
import { updateWorkflowDocument, workflowDocument, type Workflow } from './workflow.operations';

const tabs = ['steps', 'runs', 'triggers', 'replays', 'versions'];

const draftOf = ({ name, description, head }: Workflow): Draft => draftFrom(name, description, head);

/** What is saved, in a form in which two drafts can be compared. */
const savedForm = (draft: Draft): string => JSON.stringify([draft.name.trim(), draft.description.trim(), definitionFrom(draft)]);

export function ExistingWorkflow({ workflow }: { workflow: Workflow }) {
  const client = useApolloClient();
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((each) => each === params.get('tab')) ?? 'steps';
  const [base, setBase] = useState(() => ({ draft: draftOf(workflow), number: workflow.head.number, id: workflow.head.id }));
  const { editor, actions, announcement, shown, checkForSave, takeRefusal, reset, settle } = useDraftEditor(base.draft, workflow.id);
  const [update, { loading }] = useMutation(updateWorkflowDocument);
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const [newer, setNewer] = useState<Workflow | null>(null);
  const [running, setRunning] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const { draft } = editor;
  const dirty = savedForm(draft) !== savedForm(base.draft);

  const showSteps = () => setParams((current) => withTab(current, 'steps'), { replace: true });
  const failed = () => {
    showSteps();
    setFailures((count) => count + 1);
  };

  const save = async ({ number = base.number, quiet = false } = {}): Promise<boolean> => {
    if (loading) return false;
    setProblem(null);
    if (checkForSave().length > 0) {
      failed();
      return false;
    }
    const savedDraft = draft;
    try {
      const { data } = await update({
        variables: {
          input: {
            id: workflow.id,
            expectedNumber: number,
            name: draft.name.trim(),
            description: draft.description.trim(),
            definition: definitionFrom(draft),
            message: message.trim() || null,
          },
        },
        update: (cache) => {
          cache.evict({ fieldName: 'workflows' });
          cache.evict({ id: cache.identify({ __typename: 'Workflow', id: workflow.id }), fieldName: 'versions' });
        },
      });
      if (!data) return false;
      const { head } = data.updateWorkflow;
      setBase({ draft: savedDraft, number: head.number, id: head.id });
      setNewer(null);
      setMessage('');
      settle();
      // A new name alone makes no version.
      if (!quiet && head.id === base.id) notifyDone('Saved.');
      else if (!quiet) notifyDone(`Version ${head.number} saved.`, { label: 'See what changed', to: `/workflows/${workflow.id}?tab=versions&version=${head.id}&with=${base.id}` });
      return true;
    } catch (error) {
      const refusal = problemOf(error);
      if (refusal.code === 'CONFLICT') {
        showSteps();
        await findNewer(refusal.message);
      } else {
        if (takeRefusal(refusal).length === 0) setProblem(refusal.message);
        failed();
      }
      return false;
    }
  };

  const findNewer = async (otherwise: string) => {
    try {
      const { data } = await client.query({ query: workflowDocument, variables: { id: workflow.id }, fetchPolicy: 'network-only' });
      if (data && data.workflow.head.number !== base.number) setNewer(data.workflow);
      else setProblem(otherwise);
    } catch {
      setProblem(otherwise);
    }
  };

  const takeNewer = (next: Workflow) => {
    const nextDraft = draftOf(next);
    setBase({ draft: nextDraft, number: next.head.number, id: next.head.id });
    setNewer(null);
    setMessage('');
    reset(nextDraft);
  };
  const { restoring, restore } = useRestore(workflow.id, base.number, (next) => {
    takeNewer(next);
    setParams((current) => withTab(current, 'versions'), { replace: true });
  });
  const discard = () => {
    setMessage('');
    setProblem(null);
    reset(base.draft);
  };
  const run = async () => {
    // The dialog that follows names the version.
    if (!dirty || (await save({ quiet: true }))) setRunning(true);
  };
  useSaveKey(() => {
    if (dirty && !newer) void save();
  });

  return (
    <>
      <PageHeader
        title={draft.name.trim() || workflow.name}
        crumbs={[{ label: 'Workflows', to: '/workflows' }]}
        facts={<span className="tabular">Version {base.number}</span>}
        action={
          <Button variant={dirty ? 'default' : 'filled'} leftSection={<IconPlayerPlay size={16} />} disabled={loading} onClick={() => void run()}>
            {dirty ? 'Save and run' : 'Run'}
          </Button>
        }
      />
      <UnsavedChangesGuard when={dirty} what={`your changes to “${workflow.name}”`} />
      <Tabs value={tab} onChange={(value) => value && setParams((current) => withTab(current, value), { replace: true })}>
        <div className={classes.tabs}>
          <Tabs.List>
            <Tabs.Tab value="steps">Steps</Tabs.Tab>
            <Tabs.Tab value="runs">Runs</Tabs.Tab>
            <Tabs.Tab value="triggers">Triggers</Tabs.Tab>
            <Tabs.Tab value="replays">Replays</Tabs.Tab>
            <Tabs.Tab value="versions">Versions</Tabs.Tab>
          </Tabs.List>
        </div>
        <Tabs.Panel value="steps">
          <EditorForm
            editor={editor}
            actions={actions}
            workflowId={workflow.id}
            announcement={announcement}
            problems={shown}
            failures={failures}
            problem={problem}
            notice={
              newer && (
                <ConflictNotice workflow={newer} base={base.number} busy={loading} onOverwrite={() => void save({ number: newer.head.number })} onTakeNewer={() => takeNewer(newer)} />
              )
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="runs">{tab === 'runs' && <WorkflowRuns workflowId={workflow.id} onRun={() => void run()} />}</Tabs.Panel>
        <Tabs.Panel value="triggers">{tab === 'triggers' && <WorkflowTriggers workflowId={workflow.id} />}</Tabs.Panel>
        <Tabs.Panel value="replays">{tab === 'replays' && <WorkflowReplays workflowId={workflow.id} />}</Tabs.Panel>
        <Tabs.Panel value="versions">
          {tab === 'versions' && (
            <WorkflowVersions
              workflowId={workflow.id}
              head={base.number}
              restoreBlocked={dirty ? 'Save or discard your changes first.' : undefined}
              restoring={restoring}
              onRestore={(version) => void restore(version)}
            />
          )}
        </Tabs.Panel>
      </Tabs>
      {dirty && <SaveBar message={message} onMessageChange={setMessage} busy={loading} onSave={() => void save()} onDiscard={discard} onReview={() => setReviewing(true)} blocked={newer !== null} />}
      {reviewing && dirty && <ReviewChanges workflowId={workflow.id} draft={draft} number={base.number} onClose={() => setReviewing(false)} />}
      {running && <RunDialog workflowId={workflow.id} onClose={() => setRunning(false)} />}
    </>
  );
}

function withTab(params: URLSearchParams, tab: string): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('version');
  next.delete('with');
  if (tab === 'steps') next.delete('tab');
  else next.set('tab', tab);
  return next;
}

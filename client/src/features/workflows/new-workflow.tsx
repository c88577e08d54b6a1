import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { notifyDone } from '../../ui/notify';
import { PageHeader } from '../../ui/page-header';
import { UnsavedChangesGuard } from '../../ui/unsaved-changes';
import { useSaveKey } from '../../ui/use-save-key';
import { definitionFrom } from './draft-definition';
import { emptyDraft } from './draft';
import { EditorForm } from './editor-form';
import { useDraftEditor } from './use-draft-editor';
import { createWorkflowDocument } from './workflow.operations';

/** A workflow that is not there yet. Its first save makes it and its first version. */
export function NewWorkflow() {
  const navigate = useNavigate();
  const [empty] = useState(emptyDraft);
  const { editor, actions, announcement, shown, checkForSave, takeRefusal } = useDraftEditor(empty);
  const [create, { loading }] = useMutation(createWorkflowDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const [createdId, setCreatedId] = useState<string>();
  const { draft } = editor;

  // Only once the guard below knows that nothing is unsaved any more.
  useEffect(() => {
    if (createdId) void navigate(`/workflows/${createdId}`, { replace: true });
  }, [createdId, navigate]);

  const save = async () => {
    if (loading || createdId) return;
    setProblem(null);
    if (checkForSave().length > 0) return setFailures((count) => count + 1);
    try {
      const { data } = await create({
        variables: { input: { name: draft.name.trim(), description: draft.description.trim(), definition: definitionFrom(draft) } },
        update: (cache) => cache.evict({ fieldName: 'workflows' }),
      });
      notifyDone(`“${draft.name.trim()}” created.`);
      setCreatedId(data?.createWorkflow.id);
    } catch (error) {
      const refusal = problemOf(error);
      if (takeRefusal(refusal).length === 0) setProblem(refusal.message);
      setFailures((count) => count + 1);
    }
  };
  useSaveKey(() => void save());

  const dirty = !createdId && draft !== empty;
  return (
    <>
      <PageHeader
        title="New workflow"
        crumbs={[{ label: 'Workflows', to: '/workflows' }]}
        action={<Button onClick={() => void save()} loading={loading} title="Ctrl or ⌘ S">Create workflow</Button>}
      />
      <UnsavedChangesGuard when={dirty} what={draft.name.trim() ? `the new workflow “${draft.name.trim()}”` : 'the new workflow'} />
      <EditorForm editor={editor} actions={actions} announcement={announcement} problems={shown} failures={failures} problem={problem} autoFocus />
    </>
  );
}

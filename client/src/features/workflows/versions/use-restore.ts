import { useMutation } from '@apollo/client/react';
import { problemOf } from '../../../api/api-errors';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { definitionFrom, draftFrom } from '../draft-definition';
import { updateWorkflowDocument, type Workflow } from '../workflow.operations';
import type { ReadVersion } from './version.operations';

/** Makes what an earlier version says the newest one again, as a version of its own. */
export function useRestore(workflowId: string, head: number, onRestored: (workflow: Workflow) => void) {
  const [update, { loading }] = useMutation(updateWorkflowDocument);
  const restore = async (version: ReadVersion) => {
    try {
      const { data } = await update({
        variables: { input: { id: workflowId, expectedNumber: head, definition: definitionFrom(draftFrom('', '', version)), message: `As version ${version.number} was` } },
        update: (cache) => cache.evict({ id: cache.identify({ __typename: 'Workflow', id: workflowId }), fieldName: 'versions' }),
      });
      if (!data) return;
      const { number } = data.updateWorkflow.head;
      notifyDone(number === head ? `Version ${version.number} says the same as the newest one.` : `Version ${version.number} is restored as version ${number}.`);
      onRestored(data.updateWorkflow);
    } catch (error) {
      const { fields, message } = problemOf(error);
      notifyFailure(`Version ${version.number} can’t be restored. ${fields[0]?.message ?? message}`);
    }
  };
  return { restoring: loading, restore };
}

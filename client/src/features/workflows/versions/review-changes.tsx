import { useQuery } from '@apollo/client/react';
import { problemOf } from '../../../api/api-errors';
import { SideDrawer } from '../../../ui/side-drawer';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import type { Draft } from '../draft';
import { definitionFrom } from '../draft-definition';
import { workflowChangesDocument } from './version.operations';
import classes from './versions.module.css';
import { WorkflowChanges } from './workflow-changes';

interface ReviewChangesProps {
  workflowId: string;
  draft: Draft;
  /** The version that the draft began from. */
  number: number;
  onClose: () => void;
}

/** What saving a draft would change. */
export function ReviewChanges({ workflowId, draft, number, onClose }: ReviewChangesProps) {
  const { data, error, refetch } = useQuery(workflowChangesDocument, {
    variables: { input: { workflowId, definition: definitionFrom(draft), scopesOf: [] } },
    fetchPolicy: 'no-cache',
  });
  const changes = data?.validateWorkflow.changes;
  return (
    <SideDrawer opened onClose={onClose} title={`Changes since version ${number}`} position="right" size="lg">
      {error ? (
        <ErrorState title="The changes could not be told" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : changes ? (
        <WorkflowChanges changes={changes} />
      ) : (
        <p className={classes.nothing}>It can’t be saved as it is yet. Press “Save version” to see what is to be put right.</p>
      )}
    </SideDrawer>
  );
}

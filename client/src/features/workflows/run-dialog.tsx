import { useQuery } from '@apollo/client/react';
import { Modal, Skeleton } from '@mantine/core';
import { problemOf } from '../../api/api-errors';
import { FormAlert } from '../../ui/form-alert';
import { RunForm } from './run-form';
import { workflowToRunDocument } from './workflow.operations';

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
        <RunForm workflow={workflow} values={values} onClose={onClose} />
      ) : error ? (
        <FormAlert>{problemOf(error).message}</FormAlert>
      ) : (
        <Skeleton height={96} />
      )}
    </Modal>
  );
}

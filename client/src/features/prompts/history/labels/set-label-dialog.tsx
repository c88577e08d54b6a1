import { Modal, Text } from '@mantine/core';
import type { Label } from './label.operations';
import { NewLabelForm, usualLabels } from './new-label-form';
import type { useLabelActions } from './use-label-actions';

interface SetLabelDialogProps {
  /** Null: closed. */
  version: { id: string; version: string } | null;
  labels: readonly Label[];
  actions: ReturnType<typeof useLabelActions>;
  onClose: () => void;
}

export function SetLabelDialog({ version, labels, actions, onClose }: SetLabelDialogProps) {
  return (
    <Modal opened={version !== null} onClose={onClose} title={version ? `Set a label at ${version.version}` : ''}>
      {version && (
        <>
          <Text mb="sm">Callers that ask for the label get this version. A label that is elsewhere moves here.</Text>
          <NewLabelForm
            suggestions={[...new Set([...labels.map(({ name }) => name), ...usualLabels])]}
            submitLabel="Set label"
            busy={actions.busy}
            mayMove={actions.mayMove}
            onSubmit={async (name) => {
              const done = await actions.move(name, version, labels.find((label) => label.name === name)?.version);
              if (done) onClose();
              return done;
            }}
          />
        </>
      )}
    </Modal>
  );
}

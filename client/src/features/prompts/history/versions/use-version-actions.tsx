import { useState, type ReactNode } from 'react';
import { BranchDialog } from '../branches/branch-dialog';
import type { Label } from '../labels/label.operations';
import { SetLabelDialog } from '../labels/set-label-dialog';
import { useLabelActions } from '../labels/use-label-actions';
import { RestoreDialog } from './restore-dialog';

interface NumberedVersion {
  id: string;
  version: string;
}

export interface VersionActions {
  promptId: string;
  branch: string;
  /** The newest of the branch. */
  head: NumberedVersion;
  labels: readonly Label[];
  labelActions: ReturnType<typeof useLabelActions>;
  restore: (version: NumberedVersion) => void;
  branchFrom: (version: NumberedVersion) => void;
  setNewLabel: (version: NumberedVersion) => void;
}

type Place = Pick<VersionActions, 'promptId' | 'branch' | 'head' | 'labels'>;

/** What a list of versions offers for each of them, and the dialogs for it, to be rendered once. */
export function useVersionActions(place: Place): { actions: VersionActions; dialogs: ReactNode } {
  const [asked, setAsked] = useState<{ what: 'restore' | 'branch' | 'label'; version: NumberedVersion } | null>(null);
  const labelActions = useLabelActions(place.promptId);
  const close = () => setAsked(null);
  const ask = (what: 'restore' | 'branch' | 'label') => (version: NumberedVersion) => setAsked({ what, version });
  const versionFor = (what: string) => (asked?.what === what ? asked.version : null);
  return {
    actions: { ...place, labelActions, restore: ask('restore'), branchFrom: ask('branch'), setNewLabel: ask('label') },
    dialogs: (
      <>
        <RestoreDialog version={versionFor('restore')} {...place} onClose={close} />
        <BranchDialog from={versionFor('branch')} promptId={place.promptId} onClose={close} />
        <SetLabelDialog version={versionFor('label')} labels={place.labels} actions={labelActions} onClose={close} />
        {labelActions.dialogs}
      </>
    ),
  };
}

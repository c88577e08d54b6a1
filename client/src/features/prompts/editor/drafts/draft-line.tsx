import { Button } from '@mantine/core';
import { usePermissions } from '../../../../api/use-permissions';
import { DraftConflictNotice } from './draft-conflict-notice';
import { DraftState } from './draft-state';
import classes from './drafts.module.css';
import type { EditedDraft } from './use-prompt-draft';

/** Over a draft: what it began from, whether it is safe, and the way back. */
export function DraftLine({ edited: { base, dirty, saving, discard, useTheirs, keepMine } }: { edited: EditedDraft }) {
  const may = usePermissions();
  return (
    <>
      {saving.status === 'conflict' && <DraftConflictNotice onUseTheirs={useTheirs} onKeepMine={keepMine} />}
      <div className={classes.line}>
        <span className={classes.base}>{dirty ? `Your draft, from ${base.version}` : `Same as ${base.version}`}</span>
        <DraftState saving={saving} />
        {dirty && may('prompt:write') && <Button variant="subtle" color="gray" size="compact-xs" onClick={discard}>Discard</Button>}
      </div>
    </>
  );
}

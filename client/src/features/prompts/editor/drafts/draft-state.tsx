import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2 } from '@tabler/icons-react';
import { formatAbsoluteTime } from '../../../../ui/format';
import classes from './drafts.module.css';
import type { SavingState } from './draft-saver';

const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

/** Whether what was written is safe. */
export function DraftState({ saving }: { saving: SavingState }) {
  return (
    <span role="status" className={classes.state} data-status={saving.status}>
      {contentOf(saving)}
    </span>
  );
}

function contentOf(saving: SavingState) {
  switch (saving.status) {
    case 'none':
      return null;
    case 'saving':
      return <><IconLoader2 size={14} aria-hidden />Saving…</>;
    case 'saved':
      return (
        <Tooltip label={`Only you see it, on any device. Saved ${formatAbsoluteTime(saving.at)}`}>
          <span className={classes.words}><IconCheck size={14} aria-hidden />Saved as draft, {timeOfDay.format(new Date(saving.at))}</span>
        </Tooltip>
      );
    case 'waiting':
      return <><IconCloudOff size={14} aria-hidden />Not saved yet: trying again</>;
    case 'refused':
      return <><IconAlertTriangle size={14} aria-hidden />Not saved: {saving.message}</>;
    case 'conflict':
      return <><IconAlertTriangle size={14} aria-hidden />Not saved: changed on another device</>;
  }
}

import { Button, Group } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { Notice } from '../../../../ui/notice';
import { notifyFailure } from '../../../../ui/notify';

/** Over a draft that was saved on another device while it was changed here. */
export function DraftConflictNotice({ onUseTheirs, onKeepMine }: { onUseTheirs: () => Promise<void>; onKeepMine: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const choose = async (choice: () => Promise<void>) => {
    setBusy(true);
    await choice().catch((error: unknown) => notifyFailure(problemOf(error).message));
    setBusy(false);
  };
  return (
    <Notice tone="warning" icon={<IconDevices size={16} />} title="You changed this draft on another device or in another tab" urgent>
      What you wrote here since then is not saved. Go on with one of the two; the other is lost.
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" disabled={busy} onClick={() => void choose(onKeepMine)}>Keep what is here</Button>
        <Button size="xs" variant="default" disabled={busy} onClick={() => void choose(onUseTheirs)}>Take the other one</Button>
      </Group>
    </Notice>
  );
}

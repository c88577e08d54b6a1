import { Button, TextInput } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { FormAlert } from '../../../../ui/form-alert';
import { notifyDone } from '../../../../ui/notify';
import { draftOf } from '../../editor/prompt-draft';
import { usePromptPage } from '../../prompt-page';
import { BumpControl } from '../commit/bump-control';
import { bumpToSend } from '../commit/bumps';
import { Consequences } from '../commit/consequences';
import type { Bump } from '../diff/diff.operations';
import { DiffView } from '../diff/diff-view';
import { promptLinks } from '../prompt-links';
import classes from './merge.module.css';
import type { MergePreview } from './merge.operations';
import { resolvedCount, type Resolutions } from './resolutions';
import { useMerge, type MergeSource } from './use-merge';

interface MergeResultProps {
  preview: MergePreview;
  resolutions: Resolutions;
  source: MergeSource;
  target: string;
  /** A newer preview is on its way. */
  pending: boolean;
  /** Why the newest decision can't stand. */
  refusal: string | null;
  onOvertaken: () => void;
  onDone: () => void;
}

/** What comes of a merge, and the button that makes it. */
export function MergeResult({ preview, resolutions, source, target, pending, refusal, onOvertaken, onDone }: MergeResultProps) {
  const { prompt, message: typed, onMessageChange } = usePromptPage();
  const navigate = useNavigate();
  const draft = 'draft' in source ? source.draft : undefined;
  const [message, setMessage] = useState(() => (draft ? typed : `Merge ${'branch' in source ? source.branch : ''} into ${target}`));
  const [missing, setMissing] = useState(false);
  const [chosen, setChosen] = useState<Bump | null>(null);
  const { merge, busy, problem } = useMerge(prompt.id, target, source, onOvertaken);
  const open = preview.conflicts.length - resolvedCount(preview.conflicts, resolutions);
  const nothingYet = open > 0 && preview.diff.identical;
  const blocked = open > 0 || pending || !!refusal;

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (blocked || busy) return;
    if (!message.trim()) return setMissing(true);
    const done = await merge({ preview, resolutions, message: message.trim(), bump: bumpToSend(preview.diff.bump, chosen) });
    if (!done) return;
    onDone();
    onMessageChange('');
    await navigate(promptLinks.edit(prompt.id, target));
  };
  const goOnWriting = async () => {
    if (!draft) return;
    draft.startFrom(draft.head, draftOf(preview.content));
    onDone();
    notifyDone(`Your draft is on top of ${draft.head.version} now.`);
    await navigate(promptLinks.edit(prompt.id, target));
  };

  return (
    <section className={classes.result} aria-label="Result">
      <div className={classes.resultHead}>
        <h3 className={classes.resultTitle}>What changes on {target}</h3>
        {open > 0 && !nothingYet && <span className={classes.provisional}>Open conflicts are shown as {target} has them.</span>}
      </div>
      <BumpControl from={preview.ours.version} version={preview.version} raised={preview.raised} derived={preview.diff.bump} chosen={chosen} onChoose={setChosen} contract={preview.diff.contract} />
      <Consequences breaks={preview.breaks} />
      {nothingYet
        ? <p className={classes.provisional}>Nothing yet: it depends on what you decide {open === 1 ? 'on the conflict' : `on the ${open} conflicts`} above.</p>
        : <DiffView diff={preview.diff} withoutContract />}
      <form onSubmit={(event) => void submit(event)} noValidate className={classes.foot}>
        <FormAlert>{refusal ?? problem}</FormAlert>
        <div className={classes.footRow}>
          <TextInput
            aria-label="Message of the merge"
            placeholder="What changed?"
            maxLength={500}
            value={message}
            error={missing && 'Say in a few words what changed.'}
            onChange={({ currentTarget: { value } }) => {
              setMessage(value);
              if (draft) onMessageChange(value);
              setMissing(false);
            }}
            className={classes.message}
          />
          {draft && draft.head.id === preview.ours.id && <Button variant="default" disabled={blocked} onClick={() => void goOnWriting()}>Go on writing</Button>}
          <Button type="submit" leftSection={<IconGitMerge size={16} />} loading={busy} disabled={blocked} title={open > 0 ? `${open} still open` : undefined}>
            {open > 0 ? `${open} still open` : draft ? 'Commit the merge' : 'Merge'}
          </Button>
        </div>
      </form>
    </section>
  );
}

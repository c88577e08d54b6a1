import { useQuery } from '@apollo/client/react';
import { Button, Group, Kbd, Modal, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconGitMerge } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { FormAlert } from '../../../../ui/form-alert';
import { RelativeTime } from '../../../../ui/relative-time';
import { ErrorState, SkeletonRows } from '../../../../ui/states';
import type { EditedDraft } from '../../editor/drafts/use-prompt-draft';
import { contentOf } from '../../editor/prompt-draft';
import type { PromptPage } from '../../prompt-page';
import type { Bump } from '../diff/diff.operations';
import { DiffView } from '../diff/diff-view';
import { labelNameProblem } from '../labels/label-name';
import { useLabelActions } from '../labels/use-label-actions';
import { authorOf } from '../versions/version-marks';
import { BumpControl } from './bump-control';
import { bumpToSend } from './bumps';
import classes from './commit.module.css';
import { previewCommitDocument, type CommitPreview } from './commit.operations';
import { Consequences } from './consequences';
import { MoveLabelField, moveLabelProblem } from './move-label-field';
import { sentenceOf, useCommit } from './use-commit';

interface CommitDialogProps {
  opened: boolean;
  onClose: () => void;
  page: Omit<PromptPage, 'edited'>;
  edited: EditedDraft;
  /** Somebody else committed on the branch meanwhile. */
  onOvertaken: () => void;
}

/** What a commit would come to, and what is asked for it. What was typed stays until it is committed. */
export function CommitDialog({ opened, onClose, ...rest }: CommitDialogProps) {
  const narrow = useMediaQuery('(max-width: 767px)');
  return (
    <Modal opened={opened} onClose={onClose} title={`Commit on ${rest.page.branch.name}`} size={960} fullScreen={narrow} centered={false}>
      <CommitForm onClose={onClose} {...rest} />
    </Modal>
  );
}

const below: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description'];

function CommitForm({ onClose, page, edited, onOvertaken }: Omit<CommitDialogProps, 'opened'>) {
  const { prompt, branch } = page;
  const [content] = useState(() => contentOf(edited.draft));
  const [label, setLabel] = useState('');
  const commit = useCommit(prompt.id, branch.name, edited, onOvertaken);
  const { data, previousData, error, refetch } = useQuery(previewCommitDocument, {
    variables: { input: { promptId: prompt.id, branch: branch.name, content, moveLabel: labelToMove(label) } },
    fetchPolicy: 'no-cache',
    // Once it is made it would be a commit of nothing.
    skip: commit.busy,
  });
  const preview = (data ?? previousData)?.previewPromptCommit;
  if (error) {
    const { code, message, fields } = problemOf(error);
    return code === 'BAD_USER_INPUT' ? (
      <>
        <FormAlert>{fields.length > 0 ? fields.map(sentenceOf).join(' ') : message}</FormAlert>
        <Group justify="flex-end" mt="md"><Button variant="default" onClick={onClose} autoFocus>Back to the draft</Button></Group>
      </>
    ) : (
      <ErrorState title="The commit could not be prepared" message={message} onRetry={() => void refetch()} />
    );
  }
  if (preview && !preview.changed) return <NothingChanged head={preview.head} branch={branch.name} onClose={onClose} />;
  // A diff to the newest version would show what somebody else did as taken back.
  if (preview && preview.head.id !== edited.base.id) return <Overtaken head={preview.head} base={edited.base.version} onMerge={onOvertaken} />;
  return <CommitFields preview={preview} pending={!data} label={label} onLabelChange={setLabel} onClose={onClose} page={page} commit={commit} />;
}

function Overtaken({ head, base, onMerge }: { head: CommitPreview['head']; base: string; onMerge: () => void }) {
  return (
    <>
      <p className={classes.nothing}>
        {authorOf(head)} committed {head.version} <RelativeTime time={head.createdAt} />, while you were writing on top of {base}: “{head.message}”. Merge the two, then commit: what you changed in different
        places goes together by itself.
      </p>
      <Group justify="flex-end"><Button onClick={onMerge} leftSection={<IconGitMerge size={16} />} autoFocus>Merge with {head.version}…</Button></Group>
    </>
  );
}

/** Half a name, as it is typed, is asked about in vain. */
const labelToMove = (text: string): string | null => (text && labelNameProblem(text) === null ? text : null);

function NothingChanged({ head, branch, onClose }: { head: CommitPreview['head']; branch: string; onClose: () => void }) {
  return (
    <>
      <p className={classes.nothing}>
        Nothing differs from {head.version}, the newest on {branch}: “{head.message}”, by {authorOf(head)} <RelativeTime time={head.createdAt} />. There is nothing to commit yet.
      </p>
      <Group justify="flex-end"><Button onClick={onClose} autoFocus>Go on writing</Button></Group>
    </>
  );
}

interface CommitFieldsProps extends Pick<CommitDialogProps, 'onClose' | 'page'> {
  commit: ReturnType<typeof useCommit>;
  /** Undefined while it is not known what the commit would come to. */
  preview: CommitPreview | undefined;
  /** The preview is of another label, or there is none yet. */
  pending: boolean;
  label: string;
  onLabelChange: (label: string) => void;
}

function CommitFields({ preview, pending, label, onLabelChange, onClose, page, commit: { commit, busy, problem } }: CommitFieldsProps) {
  const { prompt, message, onMessageChange } = page;
  const { mayMove } = useLabelActions(prompt.id);
  const [missing, setMissing] = useState(false);
  const [chosen, setChosen] = useState<Bump | null>(null);
  const [hasty, setHasty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Who pressed Enter before it was known what the commit comes to need not press again, unless somebody would be broken by it.
  useEffect(() => {
    if (hasty && preview && !pending && preview.bump !== 'MAJOR' && preview.breaks.length === 0) form.current?.requestSubmit();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it becomes known
  }, [pending]);

  const changeLabel = (name: string) => {
    onLabelChange(name);
    setHasty(false);
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (busy || moveLabelProblem(label, mayMove)) return;
    if (!message.trim()) return setMissing(true);
    if (!preview || pending) return setHasty(true);
    const done = await commit({ message: message.trim(), bump: bumpToSend(preview.bump, chosen), moveLabel: label || null });
    if (!done) return;
    onMessageChange('');
    onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
  };

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} noValidate className={classes.form}>
      <FormAlert>{problem}</FormAlert>
      <div className={classes.asked}>
        <TextInput
          label="What changed?"
          description="Others read it beside the version."
          inputWrapperOrder={below}
          placeholder="Ask for three sentences instead of five"
          data-autofocus
          maxLength={500}
          value={message}
          onChange={({ currentTarget: { value } }) => {
            onMessageChange(value);
            setMissing(false);
            setHasty(false);
          }}
          error={missing && 'Say in a few words what changed.'}
        />
        <MoveLabelField labels={prompt.labels} value={label} onChange={changeLabel} mayMove={mayMove} />
      </div>
      {preview ? (
        <>
          <BumpControl from={preview.head.version} version={preview.version} raised={preview.raised} derived={preview.bump} chosen={chosen} onChoose={setChosen} contract={preview.contract} />
          <Consequences breaks={preview.breaks} dependents={preview.dependents} />
          <DiffView diff={preview.diff} withoutContract />
        </>
      ) : (
        <SkeletonRows rows={4} />
      )}
      <div className={classes.foot}>
        <span className={classes.keys}><Kbd size="xs">Enter</Kbd> commits, <Kbd size="xs">Esc</Kbd> closes; what you typed stays.</span>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" loading={busy || (hasty && pending)}>Commit</Button>
      </div>
    </form>
  );
}

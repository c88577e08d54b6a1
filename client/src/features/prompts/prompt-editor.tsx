import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { PromptToEditQuery } from '../../gql/graphql';
import { PageHeader } from '../../ui/page-header';
import { UnsavedChangesGuard } from '../../ui/unsaved-changes';
import { useSaveKey } from '../../ui/use-save-key';
import { CommitDialog } from './history/commit-dialog';
import { draftOf, sameContent, type PromptDraft } from './editor/prompt-draft';
import { PromptWorkbench } from './editor/prompt-workbench';
import { usePromptCommit } from './history/use-prompt-commit';
import { NewerVersionNotice, ReadingNotice, VersionMissingNotice } from './history/version-notices';
import { usePromptVersions, VersionRail } from './history/version-rail';

/** An existing prompt: its draft, or one of its versions to read and restore. */
export function PromptEditor({ prompt }: { prompt: PromptToEditQuery['prompt'] }) {
  const navigate = useNavigate();
  const selectedId = useSearchParams()[0].get('version') ?? undefined;
  const { versions, loading: versionsLoading } = usePromptVersions(prompt.id);
  const [base, setBase] = useState(prompt.head);
  const [draft, setDraft] = useState(() => draftOf(prompt.head));
  const [dialog, setDialog] = useState<'closed' | 'commit' | 'restore'>('closed');
  const [lastMessage, setLastMessage] = useState('');
  const { commit, busy, problem, clearProblem } = usePromptCommit(prompt.id, () => setDialog('closed'));

  const dirty = !sameContent(draft, draftOf(base));
  const selected = versions.find(({ id }) => id === selectedId);
  const headMoved = prompt.head.id !== base.id;
  // Without changes of one's own, a newer version simply takes the old one's place.
  if (headMoved && !dirty) {
    setBase(prompt.head);
    setDraft(draftOf(prompt.head));
  }

  const open = (which: 'commit' | 'restore') => {
    clearProblem();
    setDialog(which);
  };
  const commitDraft = async (message: string) => {
    setLastMessage(message);
    const version = await commit(draft, base.id, message);
    if (!version) return;
    setBase(version);
    setLastMessage('');
    setDialog('closed');
  };
  const restore = async (content: PromptDraft, message: string) => {
    const version = await commit(content, prompt.head.id, message);
    if (!version) return;
    setDialog('closed');
    await navigate({ search: '' }, { replace: true });
  };
  useSaveKey(() => {
    if (!selectedId && dirty) open('commit');
  });

  const action = selected
    ? selected.id !== prompt.head.id && <Button onClick={() => open('restore')}>Restore {selected.version}</Button>
    : <Button onClick={() => open('commit')} disabled={!dirty || !!selectedId} title={dirty ? 'Ctrl or ⌘ S' : 'Nothing has changed since the newest version'}>Commit</Button>;

  return (
    <>
      <PageHeader
        title={prompt.name}
        crumbs={[{ label: 'Prompts', to: '/prompts' }]}
        facts={<span className="tabular">{selected ? selected.version : dirty ? `${base.version}, changed` : base.version}</span>}
        action={action}
      />
      <UnsavedChangesGuard when={dirty} what={`your changes to “${prompt.name}”`} />
      <PromptWorkbench
        key={selected?.id ?? 'draft'}
        kind={prompt.kind}
        draft={selected ? draftOfVersion(selected) : draft}
        onChange={selectedId ? undefined : setDraft}
        above={
          selected ? (
            <ReadingNotice version={selected} isNewest={selected.id === prompt.head.id} />
          ) : selectedId && !versionsLoading ? (
            <VersionMissingNotice />
          ) : headMoved && dirty ? (
            <NewerVersionNotice version={prompt.head} onBuildOnIt={() => {
              setBase(prompt.head);
              open('commit');
            }} />
          ) : null
        }
        rail={<VersionRail promptId={prompt.id} headId={prompt.head.id} selectedId={selectedId} dirty={dirty} />}
      />
      <CommitDialog
        opened={dialog === 'commit'}
        onClose={() => setDialog('closed')}
        onCommit={commitDraft}
        busy={busy}
        problem={problem}
        base={base.version}
        initialMessage={lastMessage}
      />
      {selected && (
        <CommitDialog
          opened={dialog === 'restore'}
          onClose={() => setDialog('closed')}
          onCommit={(message) => restore(draftOf(selected), message)}
          busy={busy}
          problem={problem}
          base={prompt.head.version}
          initialMessage={`Restore ${selected.version}`}
        />
      )}
    </>
  );
}

const readDrafts = new WeakMap<object, PromptDraft>();

/** The same object for the same version, so that its messages keep their keys while it is read. */
function draftOfVersion(version: PromptToEditQuery['prompt']['head']): PromptDraft {
  const known = readDrafts.get(version) ?? draftOf(version);
  readDrafts.set(version, known);
  return known;
}

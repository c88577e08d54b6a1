import { useApolloClient, useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconArchive } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { usePermissions } from '../../api/use-permissions';
import { CopyButton } from '../../ui/copy-button';
import { PageHeader } from '../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { UnsavedChangesGuard } from '../../ui/unsaved-changes';
import { useSaveKey } from '../../ui/use-save-key';
import { usePromptDraft } from './editor/drafts/use-prompt-draft';
import { BranchSwitcher } from './history/branches/branch-switcher';
import type { Branch } from './history/branches/branch.operations';
import { useArchiveBranch } from './history/branches/use-archive-branch';
import { CommitDialog } from './history/commit/commit-dialog';
import { LabelsPopover } from './history/labels/labels-popover';
import { useMovedLabels } from './history/labels/use-moved-labels';
import { promptLinks } from './history/prompt-links';
import { ArchivedBranchNotice } from './history/versions/version-notices';
import { versionDocument } from './history/versions/version.operations';
import { PromptDetails } from './library/details/prompt-details';
import { PlaygroundRuns } from './playground/playground-runs';
import classes from './prompt-frame.module.css';
import type { PromptPage } from './prompt-page';
import { promptPageDocument, type PagePrompt } from './prompt-page.operations';
import { PromptTabs } from './prompt-tabs';
import { ReadOnlyBadge } from './read-only';

/** What stands around every page of a prompt: what it is called, which branch, its labels, and the way to commit. */
export default function PromptFramePage() {
  const { id = '' } = useParams();
  const branch = useSearchParams()[0].get('branch') ?? 'main';
  const { data, previousData, error, refetch } = useQuery(promptPageDocument, { variables: { id, branch } });
  const shown = data ?? (previousData?.prompt.id === id ? previousData : undefined);
  if (error && !data) return <NoPrompt error={error} id={id} branch={branch} onRetry={() => void refetch()} />;
  // While another branch is loaded, the page of the one before stands.
  if (shown) return <Frame key={`${id} ${shown.prompt.branch.name}`} prompt={shown.prompt} branch={shown.prompt.branch} />;
  return (
    <>
      <PageHeader title="Prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]} />
      <SkeletonRows rows={4} height={96} />
    </>
  );
}

function NoPrompt({ error, id, branch, onRetry }: { error: unknown; id: string; branch: string; onRetry: () => void }) {
  const { code, message } = problemOf(error);
  return (
    <>
      <PageHeader title="Prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]} />
      <ErrorState
        title="The prompt could not be loaded"
        message={message}
        onRetry={code === 'NOT_FOUND' ? undefined : onRetry}
        action={
          code === 'NOT_FOUND' && branch !== 'main'
            ? <Button component={Link} to={promptLinks.edit(id, 'main')} variant="default">Go to main</Button>
            : <Button component={Link} to="/prompts" variant="default">All prompts</Button>
        }
      />
    </>
  );
}

function Frame({ prompt, branch }: { prompt: PagePrompt; branch: Branch }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [params, setParams] = useSearchParams();
  const mayEdit = usePermissions()('prompt:write') && !branch.archivedAt;
  const [committing, setCommitting] = useState(false);
  const [details, setDetails] = useState(false);
  const [message, onMessageChange] = useState('');
  const { edited, error: draftError, reload } = usePromptDraft(prompt.id, branch.name);
  useMovedLabels(prompt.id);
  const client = useApolloClient();
  const [runs] = useState(() => new PlaygroundRuns(client));
  // Nobody is left to see what they answer, and each is paid for.
  useEffect(() => () => runs.cancelAll(), [runs]);

  const versionId = params.get('version');
  const { data: read } = useQuery(versionDocument, { variables: { id: versionId ?? '' }, skip: !versionId });
  const shown = (versionId ? read?.promptVersion : undefined) ?? branch.head;

  const edits = pathname === `/prompts/${prompt.id}`;
  const merges = pathname.endsWith('/merge');
  const headId = branch.head.id;
  const knownHeadId = edited?.head.id;
  useEffect(() => {
    // A version came by another way than this draft's own commit.
    if (knownHeadId && knownHeadId !== headId) void reload();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once for each new head
  }, [headId]);

  const openCommit = () => {
    if (!edited || !mayEdit) return;
    if (edited.dirty && edited.base.id !== edited.head.id) void navigate(promptLinks.mergeDraft(prompt.id, branch.name));
    else setCommitting(true);
  };
  const mayCommit = !merges && !(edits && versionId) && mayEdit;
  useSaveKey(() => {
    if (mayCommit && !committing) openCommit();
  });

  const page: PromptPage = {
    prompt, branch, mayEdit, edited, message, onMessageChange, runs, openCommit,
    draftProblem: draftError && !edited ? problemOf(draftError).message : null,
    reloadDraft: reload,
  };
  const unsaved = !!edited?.dirty && (edited.saving.status === 'waiting' || edited.saving.status === 'refused' || edited.saving.status === 'conflict');

  return (
    <>
      <PageHeader
        title={prompt.name}
        crumbs={[{ label: 'Prompts', to: '/prompts' }]}
        facts={
          <>
            <span className={classes.path}><code title={prompt.path}>{prompt.path}</code><CopyButton text={prompt.path} label="Copy path" /></span>
            <ReadOnlyBadge />
            {prompt.archivedAt && <StatusBadge tone="warning" icon={<IconArchive size={14} />} label="Archived" />}
          </>
        }
        action={
          <>
            <Tooltip label="Details">
              <ActionIcon variant="default" size={36} aria-label="Details" onClick={() => setDetails(true)}><IconAdjustmentsHorizontal size={18} /></ActionIcon>
            </Tooltip>
            {mayCommit && <Button variant={edited?.dirty ? 'filled' : 'default'} onClick={openCommit} disabled={!edited} title="Ctrl or ⌘ S">Commit…</Button>}
          </>
        }
      />
      <div className={classes.bar}>
        <PromptTabs promptId={prompt.id} branch={branch.name} />
        <div className={classes.scope}>
          <BranchSwitcher promptId={prompt.id} branch={branch} shown={shown} onSwitch={(name) => setParams(onBranch(params, name))} />
          <LabelsPopover promptId={prompt.id} labels={prompt.labels} shown={shown} hrefOf={(id) => promptLinks.history(prompt.id, branch.name, id)} />
        </div>
      </div>
      {branch.archivedAt && <ArchivedBranch promptId={prompt.id} branch={branch} />}
      <UnsavedChangesGuard when={unsaved} what={`your changes to “${prompt.name}”, which the server has not been able to keep`} />
      <Outlet context={page} />
      <PromptDetails promptId={details ? prompt.id : undefined} onClose={() => setDetails(false)} onDeleted={() => void navigate('/prompts')} />
      {edited && (
        <CommitDialog
          opened={committing}
          onClose={() => setCommitting(false)}
          page={page}
          edited={edited}
          onOvertaken={() => {
            setCommitting(false);
            void navigate(promptLinks.mergeDraft(prompt.id, branch.name));
          }}
        />
      )}
    </>
  );
}

/** The same page on another branch: what it showed of the one before does not go along. */
function onBranch(params: URLSearchParams, name: string): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of ['version', 'source', 'target', 'draft']) next.delete(key);
  if (name === 'main') next.delete('branch');
  else next.set('branch', name);
  return next;
}

function ArchivedBranch({ promptId, branch }: { promptId: string; branch: Branch }) {
  const { unarchive, busy } = useArchiveBranch(promptId);
  return (
    <div className={classes.notice}>
      <ArchivedBranchNotice branch={branch.name} onUnarchive={() => void unarchive(branch)} busy={busy} />
    </div>
  );
}

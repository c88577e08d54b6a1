import { useQuery } from '@apollo/client/react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsDiff, IconArrowsExchange } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { EmptyState, ErrorState, SkeletonRows } from '../../../../ui/states';
import type { EditedDraft } from '../../editor/drafts/use-prompt-draft';
import { contentOf } from '../../editor/prompt-draft';
import { usePromptPage } from '../../prompt-page';
import { previewCommitDocument } from '../commit/commit.operations';
import { useAllVersions } from '../versions/use-all-versions';
import { versionDocument, type Version } from '../versions/version.operations';
import classes from './compare.module.css';
import { compareVersionsDocument, type ContentDiff } from './diff.operations';
import { DiffView } from './diff-view';
import { VersionPicker } from './version-picker';

/** Any two versions of a prompt, or the draft and the version that it will follow. The URL holds which. */
export default function ComparePage() {
  const { prompt, branch, edited } = usePromptPage();
  const [params, setParams] = useSearchParams();
  const { versions, error, retry, hasMore, loadingMore, loadMore } = useAllVersions(prompt.id);
  const chosen = { from: params.get('from'), to: params.get('to') };
  const known = useKnown(versions, [chosen.from, chosen.to]);
  if (!versions) {
    return error ? <ErrorState title="The versions could not be loaded" message={problemOf(error).message} onRetry={retry} /> : <SkeletonRows rows={5} height={72} />;
  }
  const production = prompt.labels.find(({ name }) => name === 'production')?.version.id;
  const to = chosen.to ?? (edited?.dirty && !chosen.from ? 'draft' : branch.head.id);
  const parentOfTo = known.find(({ id }) => id === to)?.parentIds[0];
  const from = to === 'draft' ? branch.head.id : (chosen.from ?? (production && production !== to ? production : parentOfTo));
  const older = hasMore ? { load: loadMore, loading: loadingMore } : undefined;
  const choose = (sides: { from?: string | undefined; to?: string | undefined }) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const [side, id] of Object.entries({ from, to, ...sides })) if (id) next.set(side, id);
      return next;
    }, { replace: true });

  return (
    <div className={classes.page}>
      <div className={classes.sides}>
        <VersionPicker label="Compare from" versions={known} older={older} value={from ?? ''} onChange={(id) => choose({ from: id })} disabled={to === 'draft'} />
        <Tooltip label="Swap sides">
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Swap sides" disabled={!from || to === 'draft'} onClick={() => choose({ from: to, to: from })}><IconArrowsExchange size={16} /></ActionIcon>
        </Tooltip>
        <VersionPicker label="Compare to" versions={known} older={older} value={to} onChange={(id) => choose({ to: id })} draft={`Draft on ${branch.name}`} />
      </div>
      {!from ? (
        <EmptyState icon={<IconArrowsDiff size={24} />} title="Only one version yet">Every commit makes another one; here any two of them are compared.</EmptyState>
      ) : to === 'draft' ? (
        edited ? <DraftDiff promptId={prompt.id} branch={branch.name} edited={edited} /> : <SkeletonRows rows={4} height={72} />
      ) : (
        <VersionsDiff from={from} to={to} />
      )}
    </div>
  );
}

function VersionsDiff({ from, to }: { from: string; to: string }) {
  const { data, error, refetch } = useQuery(compareVersionsDocument, { variables: { from, to }, fetchPolicy: 'no-cache' });
  return <Loaded diff={data?.comparePromptVersions} error={error} onRetry={() => void refetch()} />;
}

function DraftDiff({ promptId, branch, edited }: { promptId: string; branch: string; edited: EditedDraft }) {
  const content = useMemo(() => contentOf(edited.draft), [edited.draft]);
  const { data, error, refetch } = useQuery(previewCommitDocument, { variables: { input: { promptId, branch, content } }, fetchPolicy: 'no-cache' });
  return <Loaded diff={data?.previewPromptCommit.diff} error={error} onRetry={() => void refetch()} />;
}

function Loaded({ diff, error, onRetry }: { diff: ContentDiff | undefined; error: unknown; onRetry: () => void }) {
  if (diff) return <DiffView diff={diff} />;
  return error ? <ErrorState title="The two could not be compared" message={problemOf(error).message} onRetry={onRetry} /> : <SkeletonRows rows={4} height={72} />;
}

/** The versions loaded, and those asked for that are older. */
function useKnown(versions: readonly Version[] | undefined, ids: readonly [string | null, string | null]): Version[] {
  const isMissing = (id: string | null): id is string => !!id && id !== 'draft' && !!versions && !versions.some((version) => version.id === id);
  const [from, to] = ids;
  const { data: older } = useQuery(versionDocument, { variables: { id: from ?? '' }, skip: !isMissing(from) });
  const { data: newer } = useQuery(versionDocument, { variables: { id: to ?? '' }, skip: !isMissing(to) });
  return [...(versions ?? []), ...[older, newer].flatMap((found) => (found && isMissing(found.promptVersion.id) ? [found.promptVersion] : []))];
}

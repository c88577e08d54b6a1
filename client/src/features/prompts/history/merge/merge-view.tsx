import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { RelativeTime } from '../../../../ui/relative-time';
import { EmptyState, ErrorState, SkeletonRows } from '../../../../ui/states';
import { contentOf } from '../../editor/prompt-draft';
import { usePromptPage } from '../../prompt-page';
import { promptLinks } from '../prompt-links';
import { authorOf } from '../versions/version-marks';
import { ConflictList } from './conflict-list';
import { MergeResult } from './merge-result';
import classes from './merge.module.css';
import { previewMergeDocument, type MergePreview } from './merge.operations';
import { resolutionsToSend } from './resolutions';
import type { MergeSource } from './use-merge';
import { useResolutions } from './use-resolutions';

/** What a merge would come to: its conflicts to decide on, and the result. */
export function MergeView({ source, target }: { source: MergeSource; target: string }) {
  const { prompt } = usePromptPage();
  const draft = 'draft' in source ? source.draft : undefined;
  const name = draft ? `draft on ${draft.base.id}` : 'branch' in source ? source.branch : '';
  const [resolutions, resolve, forget] = useResolutions(`${prompt.id} ${target} ${name}`);
  const content = useMemo(() => draft && contentOf(draft.draft), [draft]);
  const decided = Object.keys(resolutions).map((id) => ({ id }));
  const { data, previousData, error, refetch, loading } = useQuery(previewMergeDocument, {
    variables: {
      input: {
        promptId: prompt.id, target, resolutions: resolutionsToSend(decided, resolutions),
        ...(draft && content ? { content, baseVersionId: draft.base.id } : { source: name }),
      },
    },
    fetchPolicy: 'no-cache',
  });
  const preview = (data ?? previousData)?.previewPromptMerge;
  if (!preview) {
    if (!error) return <SkeletonRows rows={5} height={72} />;
    const { code, message } = problemOf(error);
    const isRefusal = code === 'BAD_USER_INPUT' || code === 'CONFLICT';
    return isRefusal ? (
      <EmptyState icon={<IconGitMerge size={24} />} title="There is nothing to merge" action={<Button variant="default" component={Link} to={promptLinks.history(prompt.id, target)}>Look at the history</Button>}>
        {message}
      </EmptyState>
    ) : (
      <ErrorState title="The merge could not be prepared" message={message} onRetry={() => void refetch()} />
    );
  }
  const names = {
    base: preview.base.version,
    ours: `${target} ${preview.ours.version}`,
    theirs: draft ? 'your draft' : `${name} ${preview.theirs?.version ?? ''}`,
  };
  const messages = [...preview.ours.messages, ...(preview.theirs?.messages ?? preview.content.messages), ...preview.base.messages];
  return (
    <>
      <Between preview={preview} target={target} source={draft ? null : name} />
      {preview.conflicts.length > 0 && (
        <ConflictList conflicts={preview.conflicts} names={names} messages={messages} resolutions={resolutions} onResolve={resolve} />
      )}
      <MergeResult
        key={preview.ours.id}
        preview={preview}
        resolutions={resolutions}
        source={source}
        target={target}
        pending={loading}
        refusal={error ? problemOf(error).message : null}
        onOvertaken={() => void refetch()}
        onDone={forget}
      />
    </>
  );
}

/** What is merged, and since when the two go their own ways. */
function Between({ preview: { base, ours, theirs }, target, source }: { preview: MergePreview; target: string; source: string | null }) {
  if (source === null) {
    return (
      <p className={classes.between}>
        {authorOf(ours)} committed <strong>{ours.version}</strong> on {target} <RelativeTime time={ours.createdAt} /> (“{ours.message}”), while you were writing on top of {base.version}. Here your draft and that version
        are brought together. Nothing is committed yet.
      </p>
    );
  }
  return (
    <p className={classes.between}>
      <strong>{source} {theirs?.version}</strong> (“{theirs?.message}”) goes into <strong>{target} {ours.version}</strong> (“{ours.message}”). What both have in common is {base.version}, of <RelativeTime time={base.createdAt} />.
    </p>
  );
}

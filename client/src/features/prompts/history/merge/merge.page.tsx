import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { usePermissions } from '../../../../api/use-permissions';
import { EmptyState, SkeletonRows } from '../../../../ui/states';
import { usePromptPage } from '../../prompt-page';
import { ReadOnlyState } from '../../read-only';
import { promptLinks } from '../prompt-links';
import { MergeHeader } from './merge-header';
import { MergeView } from './merge-view';
import classes from './merge.module.css';

/** Brings a branch, or a draft that was overtaken, together with another branch. */
export default function MergePage() {
  const { prompt, branch, edited, reloadDraft } = usePromptPage();
  const may = usePermissions();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const ofDraft = params.has('draft');
  const looked = useNewestHead(ofDraft, reloadDraft);
  const target = params.get('target') ?? 'main';
  const source = params.get('source') || (branch.name === target ? null : branch.name);

  if (!may('prompt:write')) return <ReadOnlyState title="You can’t merge here" />;
  if (ofDraft) {
    if (!edited || !looked) return <SkeletonRows rows={4} height={96} />;
    if (edited.base.id === edited.head.id) {
      return (
        <EmptyState icon={<IconGitMerge size={24} />} title="Nothing to merge" action={<Button component={Link} to={promptLinks.edit(prompt.id, branch.name)}>Go to the draft</Button>}>
          Your draft is on top of {edited.head.version}, the newest on {branch.name}: it can be committed as it is.
        </EmptyState>
      );
    }
    return (
      <div className={classes.page}>
        <MergeView key={`${edited.base.id} ${branch.name}`} source={{ draft: edited }} target={branch.name} />
      </div>
    );
  }
  return (
    <div className={classes.page}>
      <MergeHeader promptId={prompt.id} source={source} target={target} onChange={(from, into) => void navigate(promptLinks.merge(prompt.id, from, into), { replace: true })} />
      {source && source !== target ? (
        <MergeView key={`${source} ${target}`} source={{ branch: source }} target={target} />
      ) : (
        <EmptyState icon={<IconGitMerge size={24} />} title="Choose what to merge">
          What changed on a branch since it left the other goes into it, as a version with both behind it.
        </EmptyState>
      )}
    </div>
  );
}

/** Whoever comes here with a draft was told of a version that the page may not have seen yet. */
function useNewestHead(wanted: boolean, reload: () => Promise<void>): boolean {
  const [looked, setLooked] = useState(!wanted);
  const look = useEffectEvent(() => reload().finally(() => setLooked(true)));
  useEffect(() => {
    if (wanted) void look();
  }, [wanted]);
  return looked;
}

import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { ErrorState, SkeletonRows } from '../../../../ui/states';
import { usePromptPage } from '../../prompt-page';
import { promptLinks } from '../prompt-links';
import { useAllVersions } from '../versions/use-all-versions';
import { useVersionActions } from '../versions/use-version-actions';
import classes from './graph.module.css';
import { HistoryGraph } from './history-graph';
import { VersionInspector } from './version-inspector';

/** Every version of a prompt on all branches, as a picture; what each changed, beside it. */
export default function HistoryPage() {
  const { prompt, branch } = usePromptPage();
  const selectedId = useSearchParams()[0].get('version') ?? branch.head.id;
  const { versions, error, retry, hasMore, loadingMore, loadMore } = useAllVersions(prompt.id);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const { actions, dialogs } = useVersionActions({ promptId: prompt.id, branch: branch.name, head: branch.head, labels: prompt.labels });
  if (!versions) {
    return error ? <ErrorState title="The history could not be loaded" message={problemOf(error).message} onRetry={retry} /> : <SkeletonRows rows={8} height={44} />;
  }
  // The older one is what the newer one is compared with.
  const pair = [...compared].sort((one, other) => placeOf(other) - placeOf(one));
  function placeOf(id: string) {
    return versions?.findIndex((version) => version.id === id) ?? 0;
  }
  const numberOf = (id: string | undefined) => versions.find((version) => version.id === id)?.version;
  return (
    <div className={classes.page}>
      <div className={classes.pane}>
        <HistoryGraph
          versions={versions}
          selectedId={selectedId}
          hrefOf={(id) => promptLinks.history(prompt.id, branch.name, id)}
          compared={compared}
          onCompare={(id, on) => setCompared((before) => (on ? [...before.slice(-1), id] : before.filter((each) => each !== id)))}
          hasMore={hasMore}
          loadingMore={loadingMore}
          onLoadMore={loadMore}
        />
        {compared.length > 0 && (
          <div className={classes.compareBar} role="status">
            {compared.length === 1 ? <span>Mark another version to compare {numberOf(compared[0])} with.</span> : <span>{numberOf(pair[0])} and {numberOf(pair[1])}</span>}
            <Button size="xs" variant="default" onClick={() => setCompared([])}>Clear</Button>
            {compared.length === 2 && (
              <Button size="xs" leftSection={<IconArrowsDiff size={14} />} component={Link} to={promptLinks.compare(prompt.id, branch.name, pair[0], pair[1])}>Compare</Button>
            )}
          </div>
        )}
      </div>
      <aside className={classes.pane} aria-label="Version">
        <VersionInspector key={selectedId} versionId={selectedId} actions={actions} versions={versions} />
      </aside>
      {dialogs}
    </div>
  );
}

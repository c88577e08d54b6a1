import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { DraftLine } from './editor/drafts/draft-line';
import { draftOf, type PromptDraft } from './editor/prompt-draft';
import { PromptWorkbench } from './editor/prompt-workbench';
import { useVersionActions } from './history/versions/use-version-actions';
import { NewerVersionNotice, ReadingNotice, VersionMissingNotice } from './history/versions/version-notices';
import { VersionRail } from './history/versions/version-rail';
import { versionDocument } from './history/versions/version.operations';
import { usePromptPage } from './prompt-page';

/** The draft of a branch, or one of its versions to read and restore. */
export default function PromptEditorPage() {
  const { prompt, branch, mayEdit, edited, draftProblem, reloadDraft } = usePromptPage();
  const selectedId = useSearchParams()[0].get('version') ?? undefined;
  const { data, error } = useQuery(versionDocument, { variables: { id: selectedId ?? '' }, skip: !selectedId });
  const selected = selectedId && data?.promptVersion.id === selectedId ? data.promptVersion : undefined;
  const { actions, dialogs } = useVersionActions({ promptId: prompt.id, branch: branch.name, head: branch.head, labels: prompt.labels });

  if (draftProblem) return <ErrorState title="Your draft could not be loaded" message={draftProblem} onRetry={() => void reloadDraft()} />;
  if (!edited) return <SkeletonRows rows={4} height={96} />;
  const readOnly = !!selectedId || !mayEdit;
  const overtaken = edited.dirty && edited.base.id !== edited.head.id;
  return (
    <>
      <PromptWorkbench
        key={selected?.id ?? 'draft'}
        promptId={prompt.id}
        kind={prompt.kind}
        draft={selected ? draftOfVersion(selected) : edited.draft}
        onChange={readOnly ? undefined : edited.change}
        above={
          selected ? <ReadingNotice version={selected} actions={actions} />
          : selectedId && error ? <VersionMissingNotice promptId={prompt.id} branch={branch.name} message={problemOf(error).message} />
          : overtaken && mayEdit ? <><NewerVersionNotice head={edited.head} base={edited.base.version} promptId={prompt.id} branch={branch.name} /><DraftLine edited={edited} /></>
          : <DraftLine edited={edited} />
        }
        rail={<VersionRail actions={actions} selectedId={selectedId} dirty={edited.dirty} />}
      />
      {dialogs}
    </>
  );
}

const readDrafts = new WeakMap<object, PromptDraft>();

/** The same object for the same version, so that its messages keep their keys while it is read. */
function draftOfVersion(version: Parameters<typeof draftOf>[0]): PromptDraft {
  const known = readDrafts.get(version) ?? draftOf(version);
  readDrafts.set(version, known);
  return known;
}

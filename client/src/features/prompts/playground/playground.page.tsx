import { SkeletonRows, ErrorState } from '../../../ui/states';
import { usePromptPage } from '../prompt-page';
import { Playground } from './playground';

/** Runs of the draft and of versions, side by side. */
export default function PlaygroundPage() {
  const page = usePromptPage();
  if (page.draftProblem) return <ErrorState title="Your draft could not be loaded" message={page.draftProblem} onRetry={() => void page.reloadDraft()} />;
  if (!page.edited) return <SkeletonRows rows={4} height={96} />;
  return <Playground key={page.prompt.id} page={page} edited={page.edited} />;
}

import { useOutletContext } from 'react-router';
import type { EditedDraft } from './editor/drafts/use-prompt-draft';
import type { Branch } from './history/branches/branch.operations';
import type { PlaygroundRuns } from './playground/playground-runs';
import type { PagePrompt } from './prompt-page.operations';

/** What the pages of a prompt have in common: the tabs are about one prompt, one branch and one draft. */
export interface PromptPage {
  prompt: PagePrompt;
  branch: Branch;
  /** Whether the signed-in person may change what is on the branch. */
  mayEdit: boolean;
  /** Undefined while it is loaded. */
  edited: EditedDraft | undefined;
  draftProblem: string | null;
  reloadDraft: () => Promise<void>;
  /** What was typed as the message of the next version. */
  message: string;
  onMessageChange: (message: string) => void;
  /** What runs, and ran, in the playground while the page is open. */
  runs: PlaygroundRuns;
  /** Asks for what is needed to commit the draft. */
  openCommit: () => void;
}

export const usePromptPage = (): PromptPage => useOutletContext<PromptPage>();

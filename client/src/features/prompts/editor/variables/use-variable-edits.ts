import { useMemo } from 'react';
import { notifyUndo } from '../../../../ui/notify-undo';
import type { DraftMessage, DraftVariable, PromptDraft } from '../prompt-draft';
import { loadTemplateTools } from '../template/template-analysis';
import type { VariableEdits } from './variable-panel';
import { withoutVariable, withRenamedVariable, withVariable, type VariableRow } from './variable-rows';

/** What can be done with the variables of a draft; undefined where it is only read. */
export function useVariableEdits(
  /** As they are when it is asked for. */
  messagesNow: () => readonly DraftMessage[],
  rows: readonly VariableRow[] | undefined,
  onChange: ((change: (draft: PromptDraft) => PromptDraft) => void) | undefined,
): VariableEdits | undefined {
  return useMemo(() => onChange && {
    onChange: (variable: DraftVariable) => onChange((draft) => withVariable(draft, variable)),
    onRemove: (variable: DraftVariable) => {
      onChange((draft) => withoutVariable(draft, variable.name));
      notifyUndo(`Variable “${variable.name}” removed.`, () => onChange((draft) => withVariable(draft, variable)));
    },
    onRename: async (from: string, to: string) => {
      const { renameProblem, renameVariable } = await loadTemplateTools();
      const templates = messagesNow().filter(({ role }) => role !== 'PLACEHOLDER').map(({ content }) => content);
      const others = rows?.map(({ variable }) => variable.name).filter((name) => name !== from) ?? [];
      const problem = renameProblem(to, templates, others);
      if (problem === undefined) onChange((draft) => withRenamedVariable(draft, from, to, (template) => renameVariable(template, from, to)));
      return problem;
    },
  }, [messagesNow, rows, onChange]);
}

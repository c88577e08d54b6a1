import { useMemo, type ReactNode } from 'react';
import type { DraftStep } from './draft';
import { changeWithin, draftWithin } from './draft-scope';
import { EditorActionsContext, EditorContext, useEditor, useEditorActions, type Editor } from './editor-context';

/** The same editor, for the steps that a step holds. */
export function EditorWithin({ step, children }: { step: DraftStep; children: ReactNode }) {
  const editor = useEditor();
  const outer = useEditorActions();
  const actions = useMemo(
    () => ({ ...outer, change: (...[change, anchor]: Parameters<Editor['change']>) => outer.change((draft) => changeWithin(draft, step.id, change), anchor) }),
    [outer, step.id],
  );
  const within: Editor = {
    ...editor,
    ...actions,
    draft: draftWithin(step),
    depth: editor.depth + 1,
    valuesFor: (stepKey) => editor.valuesFor(`${step.key.trim()}/${stepKey}`),
  };
  return (
    <EditorActionsContext value={actions}>
      <EditorContext value={within}>{children}</EditorContext>
    </EditorActionsContext>
  );
}

import type { ReactNode } from 'react';
import { EditorContext, type Editor } from '../editor-context';
import { TrialContext } from './trial-context';
import { useTrialSession } from './use-trial-session';

/** An editor whose steps can be tried. @param workflowId of which it is an edit, if it is */
export function TriedEditor({ editor, workflowId, children }: { editor: Editor; workflowId: string | undefined; children: ReactNode }) {
  return (
    <EditorContext value={editor}>
      <TrialContext value={useTrialSession(editor, workflowId)}>{children}</TrialContext>
    </EditorContext>
  );
}

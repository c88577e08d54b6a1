import { useRef } from 'react';
import type { CodeEditorHandle } from '../editor/code/use-code-editor';
import { DraftLine } from '../editor/drafts/draft-line';
import type { EditedDraft } from '../editor/drafts/use-prompt-draft';
import { MessageList } from '../editor/messages/message-list';
import type { DraftMessage } from '../editor/prompt-draft';
import type { DraftAnalysis } from '../editor/template/use-template-analysis';
import { withVariable } from '../editor/variables/variable-rows';
import classes from './playground.module.css';
import type { ValueVariable } from './use-sources';

interface PlaygroundDraftProps {
  promptId: string;
  isChat: boolean;
  edited: EditedDraft;
  readOnly: boolean;
  /** Of the draft. */
  messages: DraftMessage[];
  analysis: DraftAnalysis | undefined;
  draftVariables: ValueVariable[];
}

const nothing = new Map<string, never>();

/** The draft's text, to be changed between two runs. */
export function PlaygroundDraft({ promptId, isChat, edited, readOnly, messages, analysis, draftVariables }: PlaygroundDraftProps) {
  const editors = useRef(new Map<string, CodeEditorHandle>());
  const named = (list: boolean) => draftVariables.filter(({ type }) => (type === 'MESSAGES') === list).map(({ name }) => name);
  return (
    <section aria-labelledby="playground-draft" className={classes.draft}>
      <h2 id="playground-draft" className={classes.sideTitle}>Draft</h2>
      <DraftLine edited={edited} />
      <MessageList
        messages={messages}
        isChat={isChat}
        onChange={readOnly ? undefined : (change) => edited.change((draft) => ({ ...draft, messages: change(isChat ? draft.messages : messages) }))}
        analysis={analysis}
        serverProblems={nothing}
        tokens={nothing}
        context={{
          promptId,
          variables: named(false),
          messageLists: named(true),
          onDeclare: (variable) => edited.change((draft) => (draft.variables.some(({ name }) => name === variable.name) ? draft : withVariable(draft, variable))),
        }}
        editors={editors}
      />
    </section>
  );
}

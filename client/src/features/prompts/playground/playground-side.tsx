import { Button } from '@mantine/core';
import { useRef } from 'react';
import type { CodeEditorHandle } from '../editor/code/use-code-editor';
import { DraftLine } from '../editor/drafts/draft-line';
import type { EditedDraft } from '../editor/drafts/use-prompt-draft';
import { MessageList } from '../editor/messages/message-list';
import type { DraftMessage } from '../editor/prompt-draft';
import type { DraftAnalysis } from '../editor/template/use-template-analysis';
import { ValueField } from '../editor/variables/value-field';
import { withVariable } from '../editor/variables/variable-rows';
import classes from './playground.module.css';
import type { ValueVariable } from './use-sources';
import { shownValue, type Values } from './values';

interface PlaygroundSideProps {
  promptId: string;
  isChat: boolean;
  edited: EditedDraft;
  readOnly: boolean;
  /** Of the draft. */
  messages: DraftMessage[];
  analysis: DraftAnalysis | undefined;
  draftVariables: ValueVariable[];
  /** What the columns ask for together. */
  asked: ValueVariable[];
  values: Values;
  onValues: (values: Values) => void;
}

const nothing = new Map<string, never>();

/** What the columns have in common: the values that they are run with, and the draft's text, to be changed between two runs. */
export function PlaygroundSide({ promptId, isChat, edited, readOnly, messages, analysis, draftVariables, asked, values, onValues }: PlaygroundSideProps) {
  const editors = useRef(new Map<string, CodeEditorHandle>());
  const named = (list: boolean) => draftVariables.filter(({ type }) => (type === 'MESSAGES') === list).map(({ name }) => name);
  return (
    <div className={classes.side}>
      <section aria-labelledby="playground-values">
        <h2 id="playground-values" className={classes.sideTitle}>Values</h2>
        {asked.length === 0 ? (
          <p className={classes.nothing}>This prompt has no variables.</p>
        ) : (
          <div className={classes.values}>
            {asked.map((variable) => (
              <ValueField
                key={variable.name}
                variable={variable}
                label={variable.name}
                description={variable.description}
                required={variable.required}
                value={shownValue(variable, values)}
                onChange={(value) => onValues({ ...values, [variable.name]: value ?? null })}
              />
            ))}
            {Object.keys(values).length > 0 && <div><Button variant="subtle" color="gray" size="compact-xs" onClick={() => onValues({})}>Back to the samples</Button></div>}
          </div>
        )}
      </section>
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
    </div>
  );
}

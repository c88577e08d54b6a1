import { TextInput, VisuallyHidden } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { FormAlert } from '../../ui/form-alert';
import type { Problem } from './draft-problems';
import { pathTo } from './draft-scope';
import { EditorActionsContext, focusField, useEditor, useField, type Editor, type EditorActions } from './editor-context';
import classes from './editor.module.css';
import { InputsSection } from './inputs-section';
import { TriedEditor } from './preview/tried-editor';
import { TrySection } from './preview/try-section';
import { ProblemSummary } from './problem-summary';
import { RunLimits } from './run-limits';
import { StepList } from './step-list';

interface EditorFormProps {
  editor: Editor;
  actions: EditorActions;
  /** Of which it is an edit, if it is. */
  workflowId?: string;
  announcement: string;
  problems: readonly Problem[];
  /** How many tries to save have failed. */
  failures: number;
  /** What stopped the last one, where it belongs to no field. */
  problem: string | null;
  notice?: ReactNode;
  autoFocus?: boolean;
}

/** The fields of a workflow: name, inputs, steps. */
export function EditorForm({ editor, actions, workflowId, announcement, problems, failures, problem, notice, autoFocus }: EditorFormProps) {
  const { draft } = editor;
  const summary = useRef<HTMLDivElement>(null);

  const goTo = (anchor: string) => {
    const [group, id] = anchor.split('.');
    if (group === 'steps' && id !== undefined) actions.setOpened(pathTo(draft.steps, id).map((step) => step.id), true);
    // The field may only come into being with the card that it stands in.
    setTimeout(() => focusField(anchor), 150);
  };

  const showFailure = useEffectEvent(() => {
    summary.current?.scrollIntoView({ block: 'center' });
    summary.current?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (failures > 0) showFailure();
  }, [failures]);

  return (
    <EditorActionsContext value={actions}>
      <TriedEditor editor={editor} workflowId={workflowId}>
        <div className={classes.form}>
          {notice}
          <div ref={summary} tabIndex={-1} className={classes.summary}>
            <FormAlert>{problem}</FormAlert>
            {failures > 0 && <ProblemSummary draft={draft} problems={problems} onGoTo={goTo} />}
          </div>
          <About autoFocus={autoFocus} />
          <InputsSection />
          <TrySection onGoTo={goTo} />
          <section className={classes.section} aria-labelledby="steps-title">
            <h2 id="steps-title" className={classes.sectionTitle}>Steps</h2>
            <p className={classes.sectionHint}>Each works on the inputs and on what earlier steps made. Steps that do not wait for one another run side by side.</p>
            <StepList anchor="steps" />
          </section>
          {draft.steps.length > 0 && <RunLimits />}
        </div>
        <VisuallyHidden role="status">{announcement}</VisuallyHidden>
      </TriedEditor>
    </EditorActionsContext>
  );
}

function About({ autoFocus }: { autoFocus?: boolean }) {
  const { draft, change } = useEditor();
  const name = useField('name');
  const description = useField('description');
  return (
    <div className={classes.columns}>
      <TextInput
        {...name}
        label="Name"
        placeholder="Brief me on a document"
        autoFocus={autoFocus}
        maxLength={200}
        value={draft.name}
        onChange={({ currentTarget: { value } }) => change((current) => ({ ...current, name: value }), 'name')}
      />
      <TextInput
        {...description}
        label="What it is for"
        placeholder="Optional"
        maxLength={2000}
        value={draft.description}
        onChange={({ currentTarget: { value } }) => change((current) => ({ ...current, description: value }), 'description')}
      />
    </div>
  );
}

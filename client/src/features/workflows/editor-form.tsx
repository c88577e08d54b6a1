import { Button, Group, TextInput, VisuallyHidden } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import type { StepType } from '../../gql/graphql';
import { FormAlert } from '../../ui/form-alert';
import { addStep, newStep } from './draft';
import type { Problem } from './draft-problems';
import { EditorContext, fieldId, focusField, useEditor, useField, type Editor } from './editor-context';
import classes from './editor.module.css';
import { InputsSection } from './inputs-section';
import { ProblemSummary } from './problem-summary';
import { RunLimits } from './run-limits';
import { StepCard } from './step-card';
import { StepTypeIcon, stepTypeLooks } from './step-type';
import { editableTypes } from './steps/fields-registry';
import { rulesOf } from './steps/rules-registry';

interface EditorFormProps {
  editor: Editor;
  announcement: string;
  problems: readonly Problem[];
  /** How many tries to save have failed. */
  failures: number;
  /** What stopped the last one, where it belongs to no field. */
  problem: string | null;
  notice?: ReactNode;
  autoFocus?: boolean;
}

/** More steps than this begin collapsed, to be seen as a whole first. */
const openedAtStart = 4;

/** The fields of a workflow: name, inputs, steps. */
export function EditorForm({ editor, announcement, problems, failures, problem, notice, autoFocus }: EditorFormProps) {
  const { draft } = editor;
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set(draft.steps.length > openedAtStart ? draft.steps.map(({ id }) => id) : []));
  const summary = useRef<HTMLDivElement>(null);

  const toggle = (id: string) =>
    setClosed((current) => {
      const next = new Set(current);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const goTo = (anchor: string) => {
    const [group, id] = anchor.split('.');
    if (group === 'steps' && id !== undefined) {
      setClosed((current) => {
        const next = new Set(current);
        next.delete(id);
        return next;
      });
    }
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
    <EditorContext value={editor}>
      <div className={classes.form}>
        {notice}
        <div ref={summary} tabIndex={-1} className={classes.summary}>
          <FormAlert>{problem}</FormAlert>
          {failures > 0 && <ProblemSummary draft={draft} problems={problems} onGoTo={goTo} />}
        </div>
        <About autoFocus={autoFocus} />
        <InputsSection />
        <section className={classes.section} aria-labelledby="steps-title">
          <h2 id="steps-title" className={classes.sectionTitle}>Steps</h2>
          <p className={classes.sectionHint}>Each works on the inputs and on what earlier steps made. Steps that do not wait for one another run side by side.</p>
          {draft.steps.length > 0 && (
            <ol className={classes.steps}>
              {draft.steps.map((step, index) => (
                <StepCard key={step.id} step={step} index={index} count={draft.steps.length} opened={!closed.has(step.id)} onToggle={() => toggle(step.id)} />
              ))}
            </ol>
          )}
          <AddStep />
        </section>
        {draft.steps.length > 0 && <RunLimits />}
      </div>
      <VisuallyHidden role="status">{announcement}</VisuallyHidden>
    </EditorContext>
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

function AddStep() {
  const { change, problemAt } = useEditor();
  const problem = problemAt('steps');
  const add = (type: StepType) => {
    const step = newStep(type, rulesOf(type).start);
    change((current) => addStep(current, step), 'steps');
    requestAnimationFrame(() => focusField(`steps.${step.id}.name`));
  };
  return (
    <div>
      <Group gap="xs" id={fieldId('steps')} tabIndex={-1}>
        {editableTypes.map((type) => (
          <Button key={type} variant="default" leftSection={<StepTypeIcon type={type} size={16} />} onClick={() => add(type)}>
            Add {stepTypeLooks[type].label.toLowerCase()} step
          </Button>
        ))}
      </Group>
      {problem && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}

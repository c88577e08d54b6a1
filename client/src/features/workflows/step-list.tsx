import { AddStep } from './add-step';
import type { DraftStep } from './draft';
import { holdsSteps } from './draft-scope';
import { useEditor } from './editor-context';
import { EditorWithin } from './editor-within';
import classes from './editor.module.css';
import { StepCard } from './step-card';

/** The steps of what is edited here, one after the other, and a way to add one. @param within the name of the step that holds them */
export function StepList({ anchor, within }: { anchor: string; within?: string }) {
  const { draft, problemAt, problemsOf, isOpened } = useEditor();
  const { steps } = draft;
  return (
    <>
      {steps.length > 0 && (
        <ol className={classes.steps} aria-label={within === undefined ? 'Steps' : `Steps within ${within}`}>
          {steps.map((step, index) => (
            <StepCard
              key={step.id}
              step={step}
              index={index}
              count={steps.length}
              opened={isOpened(step.id)}
              problems={problemsOf(step)}
              nameProblem={problemAt(`steps.${step.id}.name`)}
              neighbourId={(steps[index + 1] ?? steps[index - 1])?.id}
              listAnchor={anchor}
            >
              {holdsSteps(step.type) && isOpened(step.id) && <StepsWithin step={step} />}
            </StepCard>
          ))}
        </ol>
      )}
      <AddStep anchor={anchor} within={within} />
    </>
  );
}

function StepsWithin({ step }: { step: DraftStep }) {
  const anchor = `steps.${step.id}.steps`;
  return (
    <div>
      <h3 className={classes.cardTitle}>Steps for each item</h3>
      <p className={classes.hint}>They use the item, its place and the values above. What the last of them make is the item’s result; this step’s output is the list of results.</p>
      <div className={classes.nested}>
        <EditorWithin step={step}>
          <StepList anchor={anchor} within={step.name.trim() || 'this step'} />
        </EditorWithin>
      </div>
    </div>
  );
}

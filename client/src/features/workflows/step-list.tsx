import { Button } from '@mantine/core';
import { useListDrag } from '../../ui/use-list-drag';
import { AddStep } from './add-step';
import { moveStep, type DraftStep } from './draft';
import { holdsSteps } from './draft-scope';
import { useEditor } from './editor-context';
import { EditorWithin } from './editor-within';
import classes from './editor.module.css';
import { StepCard } from './step-card';

/** The steps of what is edited here, one after the other, and a way to add one. @param within the name of the step that holds them */
export function StepList({ anchor, within }: { anchor: string; within?: string }) {
  const { draft, problemAt, problemsOf, isOpened, setOpened, change, announce } = useEditor();
  const { steps } = draft;
  const ids = steps.map(({ id }) => id);
  const drag = useListDrag(ids, (from, to) => {
    const step = steps[from];
    if (!step || from === to) return;
    change((current) => moveStep(current, step.id, to - from));
    announce(`${step.name.trim() || `Step ${from + 1}`} is now step ${to + 1} of ${steps.length}.`);
  });
  const allOpened = ids.every(isOpened);
  return (
    <>
      {steps.length > 1 && (
        <Button variant="subtle" color="gray" size="compact-sm" className={classes.toggleAll} onClick={() => setOpened(ids, !allOpened)}>
          {allOpened ? 'Collapse all' : 'Expand all'}
        </Button>
      )}
      {steps.length > 0 && (
        <ol className={classes.steps} {...drag.listProps} aria-label={within === undefined ? 'Steps' : `Steps within ${within}`}>
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
              dropSide={drag.dropSide(step.id)}
              onGrab={drag.grab}
              onRelease={drag.release}
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

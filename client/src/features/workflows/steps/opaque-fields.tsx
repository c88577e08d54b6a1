import type { DraftStep } from '../draft';
import { sentRows } from '../draft-definition';
import { fieldId, useEditor } from '../editor-context';
import classes from '../editor.module.css';

/** A step of a type that is edited over the API: what it is set to, saved as it is. */
export function OpaqueFields({ step }: { step: DraftStep }) {
  const { draft, problemAt } = useEditor();
  const problem = problemAt(`steps.${step.id}.settings`) ?? problemAt(`steps.${step.id}.rows`);
  const inputs = sentRows(draft, step).map(({ input }) => input);
  return (
    <div id={fieldId(`steps.${step.id}.settings`)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>Settings</h3>
      <p className={classes.below}>Steps of this type can’t be edited here yet. It is saved as it is.</p>
      <pre className={classes.opaque} tabIndex={0} aria-label={`Settings of ${step.name.trim() || 'the step'}`}>{JSON.stringify({ settings: step.settings, inputs }, null, 2)}</pre>
      {problem && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}

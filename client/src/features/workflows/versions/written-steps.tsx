import { holdsSteps } from '../draft-scope';
import { stepsInSettings } from '../saved-steps';
import { StepTypeIcon } from '../step-type';
import { stepTypeNames } from '../step-type-names';
import type { WorkflowStep } from '../workflow.operations';
import { changedFieldInWords, changedValueInWords } from './change-words';
import classes from './versions.module.css';

/** Steps as a version has them, to read. */
export function WrittenSteps({ steps, label }: { steps: readonly WorkflowStep[]; label: string }) {
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step) => <WrittenStep key={step.key} step={step} />)}
    </ol>
  );
}

function WrittenStep({ step }: { step: WorkflowStep }) {
  const { name, key, type, inputs } = step;
  const { steps, ...settings } = settingsOf(step);
  const facts = [
    ...inputs.map((input) => ({ name: input.name, value: input.from ?? input.value })),
    ...Object.entries(settings).map(([setting, value]) => ({ name: changedFieldInWords(setting), value })),
    ...(step.branches.length > 0 ? [{ name: 'Runs only when', value: step.branches.map((branch) => `${branch.step}: ${branch.outcome}`).join(', ') }] : []),
    ...(step.dependsOn.length > 0 ? [{ name: 'Waits for', value: step.dependsOn.join(', ') }] : []),
  ];
  return (
    <li className={classes.change} aria-label={name}>
      <h3 className={classes.changeTitle}>
        <StepTypeIcon type={type} size={16} /> {name} <code>{key}</code> <span className={classes.type}>{stepTypeNames[type].label}</span>
      </h3>
      {facts.length > 0 && (
        <dl className={classes.fields}>
          {facts.map((fact, index) => (
            <div key={`${fact.name} ${index}`} className={classes.field}>
              <dt>{fact.name}</dt>
              <dd className={classes.values}><span className={classes.value}>{changedValueInWords(fact.value)}</span></dd>
            </div>
          ))}
        </dl>
      )}
      {holdsSteps(type) && <div className={classes.within}><WrittenSteps steps={stepsInSettings(steps)} label={`Steps within ${name}`} /></div>}
    </li>
  );
}

function settingsOf({ settings }: WorkflowStep): Record<string, unknown> {
  return typeof settings === 'object' && settings !== null ? { ...settings } : {};
}

import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './home.module.css';

interface FirstStepsProps {
  hasPrompt: boolean;
  hasWorkflow: boolean;
  hasRun: boolean;
  workflowPath: string;
}

/** The way to a first run, for as long as it has not been gone. */
export function FirstSteps({ hasPrompt, hasWorkflow, hasRun, workflowPath }: FirstStepsProps) {
  const steps = [
    { done: hasPrompt, title: 'Write a prompt', text: 'Text for a model with variables in it, or start from a sample.', to: '/prompts' },
    { done: hasWorkflow, title: 'Chain prompts in a workflow', text: 'What one step answers feeds the next.', to: '/workflows' },
    { done: hasRun, title: 'Run it and watch', text: 'Each step and each word, as it happens. The simulated model needs no key.', to: workflowPath },
  ];
  const next = steps.find(({ done }) => !done);
  if (!next) return null;
  return (
    <section className={classes.section} aria-label="First steps">
      <div className={classes.sectionBar}>
        <h2 className={classes.sectionTitle}>First steps</h2>
        <span className={`tabular ${classes.progress}`}>{steps.filter(({ done }) => done).length} of {steps.length} done</span>
      </div>
      <ol className={classes.items}>
        {steps.map((step) => (
          <li key={step.title}>
            <Link to={step.to} className={classes.step} data-next={step === next || undefined}>
              {step.done ? <IconCircleCheckFilled size={20} aria-hidden className={classes.done} /> : <IconCircle size={20} aria-hidden />}
              <span className={classes.stepText}>
                <strong>{step.title}</strong>
                <span>{step.text}</span>
              </span>
              {step.done ? <VisuallyHidden>Done</VisuallyHidden> : <IconArrowRight size={16} aria-hidden />}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { NamedValues } from './named-values';
import { textSetting } from './step-rules';

const ExpressionEditor = lazy(() => import('../expression-editor'));

export function TransformFields({ step }: { step: DraftStep }) {
  return <ExpressionFields step={step} example='{ "title": headline }' hint={<>JSONata over the values above, such as <code>{'{ "title": $trim(headline) }'}</code>.</>} />;
}

export function ConditionFields({ step }: { step: DraftStep }) {
  return <ExpressionFields step={step} example="score > 0.8" hint={<>JSONata over the values above, such as <code>$length(text) &gt; 500</code>. Steps can run only when it is true, or only when it is false.</>} />;
}

interface ExpressionFieldsProps {
  step: DraftStep;
  example: string;
  hint: ReactNode;
}

/** An expression over named values. */
function ExpressionFields({ step, example, hint }: ExpressionFieldsProps) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.expression`;
  const field = useField(anchor);
  return (
    <>
      <NamedValues step={step} />
      <div>
        <h3 className={classes.cardTitle} id={`${field.id}-label`}>Expression</h3>
        <div id={field.id} onBlur={field.onBlur}>
          <Suspense fallback={<Skeleton height={102} />}>
            <ExpressionEditor
              label={`Expression of ${step.name.trim() || 'the step'}`}
              value={textSetting(step.settings, 'expression')}
              example={example}
              names={step.rows.map(({ name }) => name.trim()).filter(Boolean)}
              invalid={field.error !== undefined}
              onChange={(expression) => change((draft) => changeSettings(draft, step.id, { expression }), anchor)}
            />
          </Suspense>
        </div>
        {field.error ? <p className={classes.problem}>{field.error}</p> : <p className={classes.below}>{hint}</p>}
      </div>
    </>
  );
}

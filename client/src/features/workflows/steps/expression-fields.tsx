import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { changeSettings, type DraftStep } from '../draft';
import { useEditor } from '../editor-context';
import classes from '../editor.module.css';
import { ExpressionField, namesOf, TemplateField } from './code-fields';
import { hasTemplate } from './expression.rules';
import { NamedValues } from './named-values';
import { textSetting } from './step-rules';

export function TransformFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const isTemplate = hasTemplate(step);
  const choose = (way: string) =>
    change((draft) => changeSettings(draft, step.id, way === 'template' ? { template: '', expression: undefined } : { expression: '', template: undefined }));
  return (
    <>
      <NamedValues step={step} />
      <div>
        <SegmentedControl
          aria-label="What makes the output"
          size="xs"
          mb={8}
          data={[{ value: 'expression', label: 'Expression' }, { value: 'template', label: 'Text template' }]}
          value={isTemplate ? 'template' : 'expression'}
          onChange={choose}
        />
        {isTemplate ? (
          <Template step={step} />
        ) : (
          <Expression step={step} example='{ "title": headline }' hint={<>JSONata over the values above, such as <code>{'{ "title": $trim(headline) }'}</code>.</>} />
        )}
      </div>
    </>
  );
}

export function ConditionFields({ step }: { step: DraftStep }) {
  return (
    <>
      <NamedValues step={step} />
      <div>
        <h3 className={classes.cardTitle}>Expression</h3>
        <Expression step={step} example="score > 0.8" hint={<>JSONata over the values above, such as <code>$length(text) &gt; 500</code>. Steps can run only when it is true, or only when it is false.</>} />
      </div>
    </>
  );
}

function Expression({ step, example, hint }: { step: DraftStep; example: string; hint: ReactNode }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.expression`;
  return (
    <ExpressionField
      anchor={anchor}
      label={`Expression of ${step.name.trim() || 'the step'}`}
      value={textSetting(step.settings, 'expression')}
      example={example}
      names={namesOf(step)}
      hint={hint}
      onChange={(expression) => change((draft) => changeSettings(draft, step.id, { expression }), anchor)}
    />
  );
}

function Template({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.template`;
  return (
    <TemplateField
      anchor={anchor}
      label={`Template of ${step.name.trim() || 'the step'}`}
      value={textSetting(step.settings, 'template')}
      example="Dear {{ name }},"
      names={namesOf(step)}
      hint={<>Liquid over the values above: <code>{'{{ name }}'}</code>, <code>{'{% if … %}'}</code>, <code>{'{% for … %}'}</code>. Its output is the text.</>}
      onChange={(template) => change((draft) => changeSettings(draft, step.id, { template }), anchor)}
    />
  );
}

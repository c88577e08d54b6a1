import { ActionIcon, Button, NumberInput, SegmentedControl } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { changeSettings, type DraftStep } from '../draft';
import { fieldId, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { ModelField } from './model-field';
import { mostModels, promptSettings, type StepModel } from './prompt.rules';

const ways = [
  { value: 'ONE', label: 'One' },
  { value: 'FALLBACK', label: 'The next if one fails' },
  { value: 'PARALLEL', label: 'Several, to compare' },
];

const wayHints: Record<string, string> = {
  FALLBACK: 'Each is asked when those before it have failed. The output is the first answer.',
  PARALLEL: 'All are asked at once. The output is the list of their answers, with cost and time.',
};

const noModel: StepModel = { model: '' };

/** One model, or several: all asked, or one after the other. @param fallback as of `ModelField` */
export function StepModels({ step, fallback }: { step: DraftStep; fallback?: string | undefined }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.models`;
  const { model, models, mode } = promptSettings(step.settings);
  const way = models ? (mode ?? 'FALLBACK') : 'ONE';
  const set = (changes: Record<string, unknown>, at = anchor) => change((draft) => changeSettings(draft, step.id, changes), at);
  const choose = (next: string) => {
    const [first = noModel] = models ?? [model ?? noModel];
    if (next === 'ONE') set({ models: undefined, mode: undefined, model: first.model ? first : undefined });
    else set({ model: undefined, mode: next, models: models ?? [first, noModel] });
  };
  return (
    <div role="group" aria-label="Models" id={fieldId(anchor)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>Model</h3>
      <SegmentedControl aria-label="How many models" size="xs" mb={8} data={ways} value={way} onChange={choose} />
      {models ? (
        <>
          <p className={classes.hint} style={{ marginTop: 0 }}>{wayHints[way]}</p>
          <ol className={classes.lines}>
            {models.map((each, index) => (
              <li key={index} className={classes.modelLine}>
                <ModelField anchor={`${anchor}.${index}`} label={`Model ${index + 1}`} hideLabel model={each} onChange={(next) => set({ models: models.with(index, next ?? noModel) }, `${anchor}.${index}`)} />
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove model ${index + 1}`} title="Remove" disabled={models.length <= 2} onClick={() => set({ models: models.toSpliced(index, 1) })}>
                  <IconX size={16} />
                </ActionIcon>
              </li>
            ))}
          </ol>
          <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} disabled={models.length >= mostModels} onClick={() => set({ models: [...models, noModel] })}>Add model</Button>
        </>
      ) : (
        <div className={classes.oneModel}>
          <ModelField anchor={`steps.${step.id}.model`} label="Model" hideLabel model={model} fallback={fallback} onChange={(next) => set({ model: next }, `steps.${step.id}.model`)} />
        </div>
      )}
    </div>
  );
}

/** How often a model may try again whose answer does not fit. */
export function RepairsField({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.repairs`;
  const field = useField(anchor);
  return (
    <NumberInput
      {...field}
      label="If the answer does not fit the schema"
      description="The model is told what is wrong and asked again, up to this often."
      placeholder="1"
      maw={320}
      min={0}
      max={3}
      allowDecimal={false}
      suffix=" times"
      value={promptSettings(step.settings).repairs ?? ''}
      onChange={(typed) => change((draft) => changeSettings(draft, step.id, { repairs: typed === '' ? undefined : Number(typed) }), anchor)}
    />
  );
}

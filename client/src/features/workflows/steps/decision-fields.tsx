import { ActionIcon, Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { changeSettings, type DraftStep } from '../draft';
import { fieldId, focusField, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { ExpressionField, namesOf } from './code-fields';
import { changeOutcome, decisionSettings, type DecisionOutcome } from './decision.rules';
import { ModelField } from './model-field';
import { NamedValues } from './named-values';
import { modelSchema } from './prompt.rules';

const mostOutcomes = 20;
const fewestOutcomes = 2;

/** Which of several ways the run takes. */
export function DecisionFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const { mode } = decisionSettings(step.settings);
  return (
    <>
      <NamedValues step={step} />
      <SegmentedControl
        aria-label="Who decides"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        data={[{ value: 'EXPRESSION', label: 'Rules decide' }, { value: 'MODEL', label: 'A model decides' }]}
        value={mode}
        onChange={(next) => change((draft) => changeSettings(draft, step.id, { mode: next }))}
      />
      {mode === 'MODEL' && <ModelAsked step={step} />}
      <Outcomes step={step} />
    </>
  );
}

function ModelAsked({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.question`;
  const question = useField(anchor);
  const model = modelSchema.safeParse(step.settings['model']);
  return (
    <div className={classes.columns}>
      <Textarea
        {...question}
        label="Question"
        description="What the model is asked, beside the values."
        placeholder="Which team should answer this message?"
        autosize
        minRows={1}
        maxRows={6}
        maxLength={5000}
        value={decisionSettings(step.settings).question}
        onChange={({ currentTarget: { value } }) => change((draft) => changeSettings(draft, step.id, { question: value || undefined }), anchor)}
      />
      <ModelField
        anchor={`steps.${step.id}.model`}
        label="Model"
        description="Answers with one of the outcomes."
        model={model.success ? model.data : undefined}
        onChange={(next) => change((draft) => changeSettings(draft, step.id, { model: next }), `steps.${step.id}.model`)}
      />
    </div>
  );
}

function Outcomes({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const { mode, outcomes, otherwise } = decisionSettings(step.settings);
  const anchor = `steps.${step.id}.outcomes`;
  const names = outcomes.map(({ name }) => name).filter(Boolean);
  const set = (next: DecisionOutcome[]) => change((draft) => changeSettings(draft, step.id, { outcomes: next }), anchor);
  const add = () => {
    set([...outcomes, { name: '' }]);
    requestAnimationFrame(() => focusField(`${anchor}.${outcomes.length}.name`));
  };
  const isOffered = otherwise === undefined || names.includes(otherwise);
  return (
    <div role="group" aria-label="Outcomes" id={fieldId(anchor)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>Outcomes</h3>
      <ol className={classes.lines}>
        {outcomes.map((outcome, index) => (
          <Outcome key={index} step={step} index={index} outcome={outcome} onRemove={outcomes.length > fewestOutcomes ? () => set(outcomes.toSpliced(index, 1)) : undefined} />
        ))}
      </ol>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} disabled={outcomes.length >= mostOutcomes} onClick={add}>Add outcome</Button>
      <p className={classes.below}>
        {mode === 'EXPRESSION' ? 'The first whose rule is true is taken. ' : ''}Later steps can run for some of the outcomes only: choose them there under “More”.
      </p>
      <Select
        mt={16}
        maw={320}
        label="Otherwise"
        description={mode === 'EXPRESSION' ? 'Where no rule is true. Without it, the step fails then.' : 'Where none of the others fits.'}
        placeholder="None of them"
        clearable
        data={isOffered ? names : [...names, otherwise]}
        value={otherwise ?? null}
        onChange={(name) => change((draft) => changeSettings(draft, step.id, { otherwise: name ?? undefined }), anchor)}
      />
    </div>
  );
}

interface OutcomeProps {
  step: DraftStep;
  index: number;
  outcome: DecisionOutcome;
  /** Absent: there must be this many. */
  onRemove: (() => void) | undefined;
}

function Outcome({ step, index, outcome, onRemove }: OutcomeProps) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.outcomes.${index}`;
  const name = useField(`${anchor}.name`);
  const description = useField(`${anchor}.description`);
  const { mode, otherwise } = decisionSettings(step.settings);
  const called = outcome.name.trim() || `outcome ${index + 1}`;
  const update = (changes: Partial<DecisionOutcome>, field: string) => change((draft) => changeOutcome(draft, step.id, index, changes), `${anchor}.${field}`);
  return (
    <li className={classes.line} aria-label={called}>
      <TextInput {...name} aria-label={`Name of outcome ${index + 1}`} placeholder={['refund', 'question'][index] ?? 'name'} maxLength={50} value={outcome.name} onChange={({ currentTarget: { value } }) => update({ name: value }, 'name')} />
      {mode === 'EXPRESSION' ? (
        <ExpressionField
          anchor={`${anchor}.expression`}
          label={`Rule of ${called}`}
          value={outcome.expression ?? ''}
          example={outcome.name !== '' && outcome.name === otherwise ? 'Taken where no other rule is true' : 'amount < 20'}
          names={namesOf(step)}
          lines={1}
          onChange={(expression) => update({ expression: expression || undefined }, 'expression')}
        />
      ) : (
        <TextInput {...description} aria-label={`When ${called} is chosen`} placeholder="When to choose it, in words" maxLength={500} value={outcome.description ?? ''} onChange={({ currentTarget: { value } }) => update({ description: value || undefined }, 'description')} />
      )}
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove ${called}`} title={onRemove ? 'Remove' : 'A decision has at least 2 outcomes'} disabled={!onRemove} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}

import { Collapse, MultiSelect, NumberInput, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatCount } from '../../ui/format';
import { impliedBefore, stepsBefore, updateStep, type DraftStep } from './draft';
import { useEditor, useField } from './editor-context';
import classes from './editor.module.css';
import { flowFields, flowSummary, StepFlow } from './step-flow';

const fields = ['key', 'after', 'attempts', 'initialDelay', 'maxDelay', 'timeout', ...flowFields];

/** What most steps leave as it is. */
export function StepMore({ step }: { step: DraftStep }) {
  const { draft, change, problemAt } = useEditor();
  const [wanted, setWanted] = useState(false);
  const anchor = `steps.${step.id}`;
  const opened = wanted || fields.some((field) => problemAt(`${anchor}.${field}`) !== undefined);
  const key = useField(`${anchor}.key`);
  const after = useField(`${anchor}.after`);
  const update = (field: string, changes: Partial<DraftStep>) =>
    change((current) => updateStep(current, step.id, (each) => ({ ...each, ...changes })), `${anchor}.${field}`);

  const implied = impliedBefore(draft, step);
  const earlier = stepsBefore(draft, step.id);
  const choices = draft.steps.filter((other) => (earlier.includes(other) && !implied.has(other.id)) || step.after.includes(other.id));
  const impliedNames = earlier.filter(({ id }) => implied.has(id)).map(({ name, key: otherKey }) => name.trim() || otherKey);
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={opened} onClick={() => setWanted(!opened)}>
        <IconChevronRight size={14} data-opened={opened || undefined} aria-hidden /> More
        {!opened && <span className={classes.moreSummary}>{step.key && <><code>{step.key}</code> · </>}{[formatCount(step.retry.maxAttempts, 'attempt'), ...flowSummary(draft, step)].join(' · ')}</span>}
      </UnstyledButton>
      <Collapse expanded={opened} transitionDuration={100}>
        <div className={classes.moreFields}>
          <TextInput
            {...key}
            label="Key"
            description="By which other steps and the API know it."
            maxLength={50}
            value={step.key}
            onChange={({ currentTarget: { value } }) => update('key', { key: value, keyFollowsName: false })}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          />
          <MultiSelect
            {...after}
            label="Also runs after"
            description={impliedNames.length > 0 ? `It waits for ${new Intl.ListFormat('en').format(impliedNames)} in any case.` : 'Steps to wait for, though nothing is taken from them.'}
            placeholder={step.after.length > 0 ? undefined : choices.length > 0 ? 'No other step' : 'There is no other earlier step'}
            data={choices.map(({ id, name, key: otherKey }) => ({ value: id, label: name.trim() || otherKey || 'Step without a name' }))}
            value={step.after.filter((id) => choices.some((other) => other.id === id))}
            onChange={(ids) => update('after', { after: ids })}
            disabled={choices.length === 0}
          />
          <StepFlow step={step} />
          <NumberField
            anchor={`${anchor}.attempts`}
            label="Attempts"
            description="How often it is tried in all."
            value={step.retry.maxAttempts}
            onChange={(maxAttempts) => update('attempts', { retry: { ...step.retry, maxAttempts } })}
          />
          <Seconds
            anchor={`${anchor}.timeout`}
            label="Time-out"
            description="The longest that one attempt may take."
            ms={step.timeoutMs}
            onChange={(timeoutMs) => update('timeout', { timeoutMs })}
          />
          <Seconds
            anchor={`${anchor}.initialDelay`}
            label="First pause"
            description="Before the second attempt; doubles after that."
            ms={step.retry.initialDelayMs}
            onChange={(initialDelayMs) => update('initialDelay', { retry: { ...step.retry, initialDelayMs } })}
          />
          <Seconds
            anchor={`${anchor}.maxDelay`}
            label="Longest pause"
            description="Pauses do not grow beyond this."
            ms={step.retry.maxDelayMs}
            onChange={(maxDelayMs) => update('maxDelay', { retry: { ...step.retry, maxDelayMs } })}
          />
        </div>
      </Collapse>
    </div>
  );
}

interface NumberFieldProps {
  anchor: string;
  label: string;
  description: string;
  value: number;
  onChange: (value: number) => void;
  suffix?: string;
  decimalScale?: number;
}

function NumberField({ anchor, value, onChange, decimalScale = 0, ...others }: NumberFieldProps) {
  const field = useField(anchor);
  return (
    <NumberInput
      {...field}
      {...others}
      min={0}
      decimalScale={decimalScale}
      value={Number.isNaN(value) ? '' : value}
      onChange={(typed) => onChange(typed === '' ? Number.NaN : Number(typed))}
    />
  );
}

function Seconds({ ms, onChange, ...others }: Omit<NumberFieldProps, 'value'> & { ms: number }) {
  return <NumberField {...others} suffix=" s" decimalScale={3} value={ms / 1000} onChange={(seconds) => onChange(Math.round(seconds * 1000))} />;
}

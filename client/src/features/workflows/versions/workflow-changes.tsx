import { VisuallyHidden } from '@mantine/core';
import { ChangeMark } from '../../prompts/history/diff/change-mark';
import { changedFieldInWords, changedValueInWords, partsOfWhole } from './change-words';
import type { WorkflowChanges as Changes } from './version.operations';
import classes from './versions.module.css';

type Field = Changes['inputs'][number];

/** How one version of a workflow differs from another, step by step. */
export function WorkflowChanges({ changes }: { changes: Changes }) {
  const { steps, inputs, settings } = changes;
  if (steps.length + inputs.length + settings.length === 0) return <p className={classes.nothing}>Nothing differs between the two.</p>;
  return (
    <div className={classes.changes}>
      {steps.map(({ key, name, change, moved, fields }) => (
        <section key={`${change} ${key}`} className={classes.change} aria-label={`Step ${name}`}>
          <h3 className={classes.changeTitle}>
            {name} <code>{key}</code> <ChangeMark change={change} />
            {moved && change === 'CHANGED' && <ChangeMark change="MOVED" />}
          </h3>
          <Fields fields={fields} isWhole={change === 'ADDED' || change === 'REMOVED'} />
        </section>
      ))}
      <Part title="Inputs" fields={inputs} isNamed />
      <Part title="Limits" fields={settings} />
    </div>
  );
}

function Part({ title, fields, isNamed = false }: { title: string; fields: readonly Field[]; isNamed?: boolean }) {
  if (fields.length === 0) return null;
  return (
    <section className={classes.change} aria-label={title}>
      <h3 className={classes.changeTitle}>{title}</h3>
      <Fields fields={fields} isWhole={false} isNamed={isNamed} />
    </section>
  );
}

/** What a step has that nobody changed is no news of one that was added. */
const usual: Record<string, unknown> = { timeoutMs: 120_000, join: 'ALL', onUnknownOutcome: 'RETRY', 'onError.action': 'STOP', 'retry.maxAttempts': 3, 'retry.initialDelayMs': 1000, 'retry.maxDelayMs': 30_000 };

interface FieldsProps {
  fields: readonly Field[];
  /** All came or went with their step. */
  isWhole: boolean;
  /** Their paths begin with names that people gave. */
  isNamed?: boolean;
}

function Fields({ fields, isWhole, isNamed = false }: FieldsProps) {
  const parts = fields.flatMap((field): Field[] => {
    const { change, before, after } = field;
    if (change !== 'ADDED' && change !== 'REMOVED') return [field];
    return partsOfWhole(change === 'ADDED' ? after : before, field.field).map((part) => ({ ...field, field: part.field, before: part.value, after: part.value }));
  });
  const shown = isWhole ? parts.filter(({ field, after }) => field !== 'name' && field !== 'type' && usual[field] !== after && !isEmptyList(after)) : parts;
  if (shown.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {shown.map(({ field, change, before, after }) => (
        <div key={field} className={classes.field}>
          <dt>{changedFieldInWords(field, { isNamed })}</dt>
          <dd className={classes.values}>
            {change !== 'ADDED' && <Value side="before" value={before} />}
            {change !== 'REMOVED' && <Value side="after" value={after} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function Value({ side, value }: { side: 'before' | 'after'; value: unknown }) {
  const Word = side === 'before' ? 'del' : 'ins';
  return (
    <Word className={classes.value}>
      <VisuallyHidden>{side === 'before' ? 'Before: ' : 'After: '}</VisuallyHidden>
      {changedValueInWords(value)}
    </Word>
  );
}

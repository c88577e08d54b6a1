import { VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { ChangeMark } from './change-mark';
import classes from './diff.module.css';
import type { FieldDiff, ItemDiff } from './diff.operations';
import { fieldInWords, valueInWords, type Section } from './field-words';

/** Fields that differ, each with what it was and what it is. */
export function FieldDiffs({ section, fields, isPart = false }: { section: Section; fields: readonly FieldDiff[]; /** All came or went with what they belong to. */ isPart?: boolean }) {
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, change, before, after }, index) => (
        <div key={`${field} ${index}`} className={classes.field}>
          <dt className={classes.fieldName}>{fieldInWords(section, field)}</dt>
          <dd className={classes.values}>
            {change !== 'ADDED' && (
              <Value side="before" text={valueInWords(section, field, before)} />
            )}
            {change === 'CHANGED' && <IconArrowRight size={14} aria-hidden className={classes.arrow} />}
            {change !== 'REMOVED' && <Value side="after" text={valueInWords(section, field, after)} />}
          </dd>
          {!isPart && <dd className={classes.fieldChange}><ChangeMark change={change} quiet /></dd>}
        </div>
      ))}
    </dl>
  );
}

function Value({ side, text }: { side: 'before' | 'after'; text: string }) {
  const Word = side === 'before' ? 'del' : 'ins';
  return (
    <Word className={classes.value}>
      <VisuallyHidden>{side === 'before' ? 'Before: ' : 'Now: '}</VisuallyHidden>
      {text}
    </Word>
  );
}

/** Variables or tools that differ. */
export function ItemDiffs({ section, items }: { section: Section; items: readonly ItemDiff[] }) {
  return (
    <ul className={classes.items}>
      {items.map(({ name, change, fields }) => (
        <li key={name} className={classes.item}>
          <div className={classes.itemHead}>
            <code className={classes.name}>{name}</code>
            <ChangeMark change={change} quiet />
          </div>
          {fields.length > 0 && <FieldDiffs section={section} fields={fields.filter(tellsSomething)} isPart={change === 'ADDED' || change === 'REMOVED'} />}
        </li>
      ))}
    </ul>
  );
}

/** A new variable without a description need not say that it has none, nor a new tool that its parameters have names. */
const tellsSomething = ({ change, before, after, field }: FieldDiff): boolean =>
  change === 'CHANGED' || ((before ?? after) !== '' && !(field === 'parameters.type' && (before ?? after) === 'object'));

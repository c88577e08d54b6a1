import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight, IconCircleDashed, IconFileImport } from '@tabler/icons-react';
import { useId } from 'react';
import { formatCount } from '../../../../ui/format';
import { typeProblem } from '../template/needed-shape';
import { VariableForm } from './variable-form';
import type { VariableEdits } from './variable-panel';
import { isUnused, type VariablePlace, type VariableRow } from './variable-rows';
import { retyped, typeNames } from './variable-type';
import classes from './variables.module.css';

interface VariableItemProps {
  row: VariableRow;
  opened: boolean;
  onToggle: () => void;
  edits: VariableEdits | undefined;
  errors: Record<string, string>;
  onGoTo: (place: VariablePlace) => void;
}

/** One variable: its name and type, how often it is used, and what is to be known of it; more when it is opened. */
export function VariableItem({ row, opened, onToggle, edits, errors, onGoTo }: VariableItemProps) {
  const { variable, places } = row;
  const formId = useId();
  return (
    <li className={classes.variable} data-opened={opened || undefined}>
      <div className={classes.head}>
        <UnstyledButton className={classes.toggle} aria-expanded={opened} aria-controls={opened ? formId : undefined} onClick={onToggle}>
          <IconChevronRight size={14} aria-hidden className={classes.chevron} />
          <code className={classes.name}>{variable.name}</code>
          <span className={classes.type}>
            {row.declared || row.places.length === 0 ? typeNames[variable.type] : `found, ${typeNames[variable.type].toLowerCase()}`}
            {!variable.required && ', optional'}
          </span>
        </UnstyledButton>
        {places.length > 0 && <UsesButton name={variable.name} places={places} onGoTo={onGoTo} />}
      </div>
      {variable.description && !opened && <p className={classes.summary}>{variable.description}</p>}
      <Marks row={row} hasErrors={Object.keys(errors).length > 0 && !opened} edits={edits} />
      {opened && (
        <div id={formId}>
          <VariableForm variable={variable} edits={edits} errors={errors} canRemove={row.declared && isUnused(row)} renames={places.length > 0 || row.declared} />
        </div>
      )}
    </li>
  );
}

/** Leads to one use after the other. */
function UsesButton({ name, places, onGoTo }: { name: string; places: VariablePlace[]; onGoTo: (place: VariablePlace) => void }) {
  const label = formatCount(places.length, 'use');
  const goTo = () => {
    const next = (lastShown.get(places) ?? -1) + 1;
    const place = places[next % places.length];
    lastShown.set(places, next);
    if (place) onGoTo(place);
  };
  return <UnstyledButton className={classes.uses} aria-label={`${name}: ${label}, show the next`} onClick={goTo}>{label}</UnstyledButton>;
}

const lastShown = new WeakMap<object, number>();

function Marks({ row, hasErrors, edits }: { row: VariableRow; hasErrors: boolean; edits: VariableEdits | undefined }) {
  const { variable } = row;
  const mistyped = typeProblem(variable.type, row.shape);
  const unused = isUnused(row);
  const comesFrom = !row.declared && row.places.length === 0 ? row.includedBy[0] : undefined;
  if (comesFrom === undefined && !unused && !hasErrors && !mistyped) return null;
  return (
    <div className={classes.marks}>
      {comesFrom !== undefined && (
        <span className={classes.mark}>
          <IconFileImport size={12} aria-hidden />
          Asked for by {comesFrom}
        </span>
      )}
      {unused && (
        <span className={classes.mark} data-tone="warning">
          <IconCircleDashed size={12} aria-hidden />
          Not used
          {edits && <button type="button" className={classes.remove} aria-label={`Remove ${variable.name}`} onClick={() => edits.onRemove(variable)}>Remove</button>}
        </span>
      )}
      {mistyped && (
        <span className={classes.mark} data-tone="warning">
          <IconAlertTriangle size={12} aria-hidden />
          It {mistyped.use}, which “{typeNames[variable.type]}” can’t be
          {edits && (
            <button type="button" className={classes.remove} aria-label={`Make it ${typeNames[mistyped.better]}: ${variable.name}`} onClick={() => edits.onChange(retyped(variable, mistyped.better))}>
              Make it {typeNames[mistyped.better]}
            </button>
          )}
        </span>
      )}
      {hasErrors && (
        <span className={classes.mark} data-tone="danger">
          <IconAlertTriangle size={12} aria-hidden />
          Needs a correction
        </span>
      )}
    </div>
  );
}

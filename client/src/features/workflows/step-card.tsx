import { ActionIcon, TextInput, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconChevronDown, IconCopy, IconTrash } from '@tabler/icons-react';
import { memo, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import { formatCount } from '../../ui/format';
import { notifyUndo } from '../../ui/notify-undo';
import { addStep, duplicateStep, moveStep, newId, removeStep, renameStep, type DraftStep } from './draft';
import { fieldId, focusField, useEditorActions } from './editor-context';
import classes from './editor.module.css';
import { StepTrialStrip } from './preview/step-trial';
import { StepMore } from './step-more';
import { StepTypeIcon, stepTypeLooks } from './step-type';
import { StepFields } from './steps/fields-registry';

interface StepCardProps {
  step: DraftStep;
  index: number;
  count: number;
  opened: boolean;
  /** How many there are, within it too. */
  problems: number;
  nameProblem: string | undefined;
  /** Of the step that has the keyboard when this one is removed. */
  neighbourId: string | undefined;
  /** Of the list that it stands in. */
  listAnchor: string;
  /** Where a step that is being dragged would come to stand. */
  dropSide: 'before' | 'after' | undefined;
  onGrab: (event: DragEvent, id: string) => void;
  onRelease: () => void;
  /** The steps that it holds. */
  children: ReactNode;
}

/** One step. Alt with the arrow up or down moves it. Closed, it is not drawn again when others change. */
export const StepCard = memo(function StepCard({ step, index, count, opened, problems, nameProblem, neighbourId, listAnchor, dropSide, onGrab, onRelease, children }: StepCardProps) {
  const { change, announce, touch, setOpened } = useEditorActions();
  const anchor = `steps.${step.id}`;
  const called = step.name.trim() || `step ${index + 1}`;

  const move = (by: -1 | 1) => {
    if (index + by < 0 || index + by >= count) return;
    change((current) => moveStep(current, step.id, by));
    announce(`${called} is now step ${index + by + 1} of ${count}.`);
  };
  const moveByKey = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    // Not the step as well that this one stands in.
    event.stopPropagation();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
  const remove = () => {
    change((current) => removeStep(current, step.id));
    notifyUndo(`Removed “${called}”.`, () => change((current) => addStep(current, step, Math.min(index, current.steps.length))));
    document.getElementById(fieldId(neighbourId === undefined ? listAnchor : `steps.${neighbourId}.name`))?.focus();
  };
  const duplicate = () => {
    const id = newId();
    change((current) => duplicateStep(current, step.id, id));
    announce(`${called} was duplicated. The copy is step ${index + 2} of ${count + 1}.`);
    requestAnimationFrame(() => focusField(`steps.${id}.name`));
  };
  const { label } = stepTypeLooks[step.type];
  return (
    <li className={classes.card} data-drag-key={step.id} data-drop={dropSide} data-invalid={problems > 0 || undefined} onKeyDown={moveByKey} aria-label={`Step ${index + 1}: ${called}`}>
      <div className={classes.cardHead}>
        <span className={classes.cardNumber} data-grip title={`${label}. Drag to move`} draggable onDragStart={(event) => onGrab(event, step.id)} onDragEnd={onRelease}>
          <StepTypeIcon type={step.type} size={16} />
        </span>
        <TextInput
          id={fieldId(`${anchor}.name`)}
          error={nameProblem}
          onBlur={() => touch(`${anchor}.name`)}
          className={classes.cardName}
          aria-label={`Name of step ${index + 1}`}
          placeholder={`Name this ${label.toLowerCase()} step`}
          maxLength={100}
          value={step.name}
          onChange={({ currentTarget: { value } }) => change((current) => renameStep(current, step.id, value), `${anchor}.name`)}
        />
        <div className={classes.cardActions}>
          {problems > 0 && !opened && (
            <span className={classes.cardProblems}><IconAlertTriangle size={14} aria-hidden /> {formatCount(problems, 'problem')}</span>
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${called} up`} title="Move up (Alt ↑)" disabled={index === 0} onClick={() => move(-1)}>
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${called} down`} title="Move down (Alt ↓)" disabled={index === count - 1} onClick={() => move(1)}>
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Duplicate ${called}`} title="Duplicate" onClick={duplicate}>
            <IconCopy size={16} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${called}`} title="Remove" onClick={remove}>
            <IconTrash size={16} />
          </ActionIcon>
          <UnstyledButton className={classes.toggle} aria-expanded={opened} aria-label={`${opened ? 'Collapse' : 'Expand'} ${called}`} onClick={() => setOpened([step.id], !opened)}>
            <IconChevronDown size={16} data-opened={opened || undefined} />
          </UnstyledButton>
        </div>
      </div>
      {opened && (
        <div className={classes.cardBody}>
          <StepFields step={step} />
          {children}
          <StepMore step={step} />
        </div>
      )}
      <StepTrialStrip step={step} />
    </li>
  );
});

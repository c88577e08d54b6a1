import { Button, Combobox, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { StepType } from '../../gql/graphql';
import { addStep, newStep } from './draft';
import { holdsSteps } from './draft-scope';
import { fieldId, focusField, useEditor } from './editor-context';
import classes from './editor.module.css';
import { stepTypeNames } from './step-type-names';
import { StepTypeIcon } from './step-type';
import { editableTypes } from './steps/fields-registry';
import { rulesOf } from './steps/rules-registry';

/** Steps that hold steps may stand in one another up to this depth. */
const deepest = 3;

/** Adds a step of a type that is chosen from a list, which can be searched. @param within the name of the step that it is added to */
export function AddStep({ anchor, within }: { anchor: string; within: string | undefined }) {
  const { change, problemAt, depth } = useEditor();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => {
      combobox.focusSearchInput();
      combobox.selectFirstOption();
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
  });
  const problem = problemAt(anchor);
  const words = search.trim().toLowerCase();
  const offered = editableTypes.filter((type) => depth < deepest || !holdsSteps(type)).filter((type) => `${stepTypeNames[type].label} ${stepTypeNames[type].purpose}`.toLowerCase().includes(words));
  const add = (type: StepType) => {
    const { start, rows } = rulesOf(type);
    const step = newStep(type, start, rows);
    change((draft) => addStep(draft, step), anchor);
    combobox.closeDropdown();
    setTimeout(() => focusField(`steps.${step.id}.name`));
  };
  return (
    <div>
      <Combobox store={combobox} width={340} position="bottom-start" onOptionSubmit={(value) => offered.filter((type) => type === value).forEach(add)} transitionProps={{ duration: 80 }} withinPortal>
        <Combobox.Target targetType="button" withAriaAttributes={false}>
          <Button
            id={fieldId(anchor)}
            variant="default"
            leftSection={<IconPlus size={16} />}
            aria-haspopup="listbox"
            aria-expanded={combobox.dropdownOpened}
            aria-label={within === undefined ? 'Add step' : `Add step within ${within}`}
            onClick={() => combobox.toggleDropdown()}
          >
            Add step
          </Button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            aria-label="Find a type of step"
            placeholder="What should it do?"
            value={search}
            onChange={({ currentTarget: { value } }) => {
              setSearch(value);
              combobox.selectFirstOption();
            }}
          />
          <Combobox.Options mah={360} style={{ overflowY: 'auto' }} aria-label="Types of steps">
            {offered.map((type) => (
              <Combobox.Option key={type} value={type} className={classes.typeOption}>
                <span className={classes.cardNumber}><StepTypeIcon type={type} size={16} /></span>
                <span>
                  <span className={classes.typeLabel}>{stepTypeNames[type].label}</span>
                  <span className={classes.typePurpose}>{stepTypeNames[type].purpose}</span>
                </span>
              </Combobox.Option>
            ))}
            {offered.length === 0 && <Combobox.Empty>No type of step does that</Combobox.Empty>}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {problem && <p className={classes.problem}>{problem}</p>}
    </div>
  );
}

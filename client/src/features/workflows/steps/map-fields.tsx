import { NumberInput, Select } from '@mantine/core';
import { changeSettings, type DraftStep } from '../draft';
import { itemsName } from '../draft-scope';
import { useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { SourceSelect } from '../source-select';
import { mapSettings } from './map.rules';
import { NamedValues, RowsProblem } from './named-values';

const failures = [
  { value: 'STOP', label: 'This step fails too' },
  { value: 'CONTINUE', label: 'Go on; its result is null' },
];

/** The list that the steps run for, and what else they are given. */
export function MapFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}`;
  const parallel = useField(`${anchor}.maxParallel`);
  const onItemError = useField(`${anchor}.onItemError`);
  const settings = mapSettings(step.settings);
  const items = step.rows.find(({ name }) => name === itemsName);
  return (
    <>
      <div className={classes.mapSettings}>
        <div>
          <h3 className={classes.cardTitle}>For each item of</h3>
          {items ? <SourceSelect step={step} row={items} /> : <RowsProblem step={step} />}
        </div>
        <NumberInput
          {...parallel}
          label="Items at the same time"
          min={1}
          max={16}
          clampBehavior="none"
          allowDecimal={false}
          value={settings.maxParallel}
          onChange={(typed) => change((draft) => changeSettings(draft, step.id, { maxParallel: Number(typed) }), `${anchor}.maxParallel`)}
        />
        <Select
          {...onItemError}
          label="If an item fails"
          allowDeselect={false}
          data={failures}
          value={settings.onItemError}
          onChange={(next) => change((draft) => changeSettings(draft, step.id, { onItemError: next ?? 'STOP' }), `${anchor}.onItemError`)}
        />
      </div>
      <NamedValues step={step} title="Other values" hint="The same for every item, such as a tone or a language." without={itemsName} />
    </>
  );
}

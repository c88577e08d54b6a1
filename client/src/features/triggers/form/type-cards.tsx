import { Radio } from '@mantine/core';
import type { TriggerType } from '../../../gql/graphql';
import classes from './form.module.css';
import { triggerFormTypes } from './types/registry';

/** Which type a new trigger is. */
export function TypeCards({ value, onChange }: { value: TriggerType; onChange: (type: TriggerType) => void }) {
  return (
    <Radio.Group label="What launches the workflow?" value={value} onChange={(type) => onChange(triggerFormTypes.find((each) => each.type === type)?.type ?? value)}>
      <div className={classes.cards}>
        {triggerFormTypes.map(({ type, label, description, icon: Icon }) => (
          <Radio.Card key={type} value={type} className={classes.card} aria-label={`${label}: ${description}`}>
            <Icon size={20} stroke={1.75} aria-hidden />
            <span className={classes.cardText}>
              <strong>{label}</strong>
              <span>{description}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

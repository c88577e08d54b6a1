import { ActionIcon, Button, Select } from '@mantine/core';
import { IconGitCommit, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import { SimulatedMark } from '../../../ui/simulated-mark';
import type { Column } from './columns';
import classes from './playground.module.css';
import { RunEnding, RunFacts } from './run-facts';
import { RunOutput } from './run-output';
import type { RunState } from './run-state';

export interface Choice {
  value: string;
  label: string;
}

interface RunColumnProps {
  /** `Column 2`. */
  name: string;
  column: Column;
  state: RunState;
  sources: Choice[];
  models: Choice[];
  /** The model of the source itself. */
  ownModel: string | undefined;
  onChange: (column: Column) => void;
  /** Absent: the signed-in person may not. */
  onRun?: (() => void) | undefined;
  onCancel: () => void;
  /** Absent: the last column stays. */
  onRemove?: () => void;
  /** Absent: what was run is a version already. */
  onCommit?: () => void;
}

/** One of the answers side by side: what ran, the answer as it streams, and what it took. */
export function RunColumn({ name, column, state, sources, models, ownModel, onChange, onRun, onCancel, onRemove, onCommit }: RunColumnProps) {
  const running = state.phase === 'running';
  const simulated = state.phase === 'ended' ? state.run.simulated : state.phase === 'running' && state.simulated;
  return (
    <section className={classes.column} aria-label={name}>
      <div className={classes.head}>
        <div className={classes.selects}>
          <Select
            size="xs"
            aria-label={`What ${name} runs`}
            data={sources}
            value={column.source}
            onChange={(source) => source && onChange({ ...column, source })}
            allowDeselect={false}
            searchable={sources.length > 8}
          />
          <Select
            size="xs"
            aria-label={`Model of ${name}`}
            data={[{ value: '', label: ownModel ? `Its own: ${ownModel}` : 'Its own model' }, ...models]}
            value={column.model}
            onChange={(model) => onChange({ ...column, model: model ?? '' })}
            allowDeselect={false}
            searchable={models.length > 8}
          />
        </div>
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      <div className={classes.status} role="status">
        <RunEnding state={state} />
        {simulated && <SimulatedMark quiet />}
        <RunFacts state={state} />
      </div>
      <RunOutput state={state} label={`Answer of ${name}`} />
      <div className={classes.foot}>
        {running ? (
          <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} />} onClick={onCancel}>Cancel</Button>
        ) : onRun && (
          <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={onRun}>Run</Button>
        )}
        {onCommit && (
          <Button size="xs" variant="default" leftSection={<IconGitCommit size={14} />} onClick={onCommit}>Save as version…</Button>
        )}
      </div>
    </section>
  );
}

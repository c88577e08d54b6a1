import { Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatTokens } from '../../../../ui/format';
import { roleNames } from '../prompt-draft';
import { ValueField } from '../variables/value-field';
import type { VariableRow } from '../variables/variable-rows';
import classes from './preview.module.css';
import type { Preview } from './use-preview';

interface PreviewPanelProps {
  rows: readonly VariableRow[];
  preview: Preview;
  /** What keeps messages from being shown, as sentences. */
  messageProblems: readonly string[];
  /** By name; those that are absent have their default or sample. */
  values: Record<string, unknown>;
  onValues: (values: Record<string, unknown>) => void;
  /** Makes the values the samples of their variables. Absent: for reading only. */
  onKeepAsSamples?: (() => void) | undefined;
}

/** What the model would get, with values that can be changed to see what comes of it. */
export function PreviewPanel({ rows, preview, messageProblems, values, onValues, onKeepAsSamples }: PreviewPanelProps) {
  const [chosen, setChosen] = useState<boolean>();
  // Many values would push out of sight what comes of them.
  const opened = chosen ?? (rows.length <= 4 || Object.keys(preview.problems.values).length > 0);
  const tried = rows.some(({ variable }) => variable.name in values);
  return (
    <div className={classes.panel}>
      {rows.length > 0 && (
        <section onFocusCapture={() => setChosen(opened)}>
          <h3 className={classes.heading}>
            <UnstyledButton className={classes.toggle} aria-expanded={opened} onClick={() => setChosen(!opened)}>
              <IconChevronRight size={14} aria-hidden className={classes.chevron} />
              {tried ? 'Values, changed from the samples' : 'Sample values'}
            </UnstyledButton>
          </h3>
          {opened && <div className={classes.values}>
            {rows.map(({ variable }) => (
              <ValueField
                key={variable.name}
                variable={variable}
                label={variable.name}
                accessibleName={`Value of ${variable.name}`}
                value={variable.name in values ? values[variable.name] : (variable.defaultValue ?? variable.sample ?? undefined)}
                onChange={(value) => onValues({ ...values, [variable.name]: value ?? null })}
                placeholder="None: stays as it is written"
                error={preview.problems.values[variable.name]}
              />
            ))}
          </div>}
          {tried && (
            <div className={classes.actions}>
              {onKeepAsSamples && <Button variant="default" size="compact-xs" onClick={onKeepAsSamples}>Keep as samples</Button>}
              <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onValues({})}>Back to the samples</Button>
            </div>
          )}
        </section>
      )}
      <section aria-labelledby="preview-heading">
        <h3 className={classes.heading} id="preview-heading">
          What the model gets
          {preview.rendered && <span className={classes.total}>about {formatTokens(preview.rendered.tokens)}</span>}
        </h3>
        <Problems preview={preview} messageProblems={messageProblems} />
        {preview.rendered ? (
          <ol className={classes.messages} aria-busy={!preview.upToDate}>
            {preview.rendered.messages.map(({ role, content, tokens }, index) => (
              <li key={index} className={classes.message}>
                <div className={classes.bar}>
                  <span>{roleNames[role]}</span>
                  <span className={classes.tokens}>{formatTokens(tokens)}</span>
                </div>
                <div className={classes.text}>{content}</div>
              </li>
            ))}
          </ol>
        ) : (
          preview.problems.others.length === 0 && <p className={classes.hint}>Shown here as soon as something is written.</p>
        )}
      </section>
    </div>
  );
}

function Problems({ preview: { problems, rendered }, messageProblems }: Pick<PreviewPanelProps, 'preview' | 'messageProblems'>) {
  const elsewhere = [
    problems.variables.size > 0 && 'a variable',
    problems.tools.size > 0 && 'a tool',
    problems.outputSchema !== undefined && 'the output schema',
    Object.keys(problems.settings).length > 0 && 'a setting',
    Object.keys(problems.values).length > 0 && 'a value',
  ].filter((each) => each !== false);
  const sentences = [...messageProblems, ...problems.others];
  if (elsewhere.length === 0 && sentences.length === 0) return <div role="status" />;
  return (
    <div role="status">
      <div className={classes.problems}>
        <IconAlertTriangle size={14} aria-hidden />
        <div>
          {sentences.map((sentence) => <div key={sentence}>{sentence}</div>)}
          {sentences.length === 0 && <div>To see it, correct {elsewhere.join(' and ')}.</div>}
          {rendered && <div className={classes.stale}>Shown as it last could be.</div>}
        </div>
      </div>
    </div>
  );
}

import { Button, Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { FormAlert } from '../../../ui/form-alert';
import { formatCount } from '../../../ui/format';
import { useEditor } from '../editor-context';
import classes from '../editor.module.css';
import { ProblemSummary } from '../problem-summary';
import { RunField } from '../run-field';
import { effectOf, effectWords } from './step-effect';
import preview from './preview.module.css';
import { isUnderWay } from './trial';
import { useTrials, type TrialSession } from './trial-context';
import { TrialState } from './trial-state';
import { toRunInput, trialInputId } from './trial-inputs';

/** Where a draft is tried as it stands: with which inputs, and what came of it as a whole. */
export function TrySection({ onGoTo }: { onGoTo: (anchor: string) => void }) {
  const session = useTrials();
  const { draft } = useEditor();
  if (!session || draft.steps.length === 0) return null;
  const { trials, findings, problem, start, stop } = session;
  const underWay = isUnderWay(trials);
  const startByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) start({ kind: 'all' });
  };
  return (
    <section className={preview.try} aria-labelledby="try-title" onKeyDown={startByKey}>
      <div className={preview.head}>
        <h2 id="try-title" className={classes.sectionTitle}>Try it</h2>
        {underWay ? (
          <Button variant="default" leftSection={<IconPlayerStop size={16} />} disabled={trials.current?.previewId === undefined} onClick={stop}>Stop</Button>
        ) : (
          <Button variant="default" leftSection={<IconPlayerPlay size={16} />} title="Ctrl or ⌘ Enter in this box" onClick={() => start({ kind: 'all' })}>Try all steps</Button>
        )}
      </div>
      <p className={classes.sectionHint}>Runs the steps as they stand here, saved or not, and leaves no run behind. Waits are passed over. <Effects /></p>
      <FormAlert>{problem}</FormAlert>
      <ProblemSummary draft={draft} problems={findings} what="Not tried" onGoTo={onGoTo} />
      {draft.inputs.length > 0 && <TrialInputs session={session} />}
      <TrialState trials={trials} />
    </section>
  );
}

/** What trying it does that can't be taken back. */
function Effects() {
  const { draft } = useEditor();
  const pins = useTrials()?.pins ?? {};
  const effects = draft.steps.flatMap((step) => (step.key.trim() in pins ? [] : (effectOf(step) ?? [])));
  const calls = effects.filter((effect) => effect === 'call').length;
  const models = effects.length - calls;
  return (
    <>
      {models > 0 && `${formatCount(models, 'step')} ${models === 1 ? 'calls' : 'call'} models, at the usual price. `}
      {calls > 0 && <strong className={preview.warning}>{formatCount(calls, 'step')} {calls === 1 ? 'calls' : 'call'} {effectWords.call.target}.</strong>}
    </>
  );
}

function TrialInputs({ session: { texts, textProblems, setText } }: { session: TrialSession }) {
  const { draft } = useEditor();
  const [wanted, setWanted] = useState(false);
  const opened = wanted || Object.keys(textProblems).length > 0;
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={opened} onClick={() => setWanted(!opened)}>
        <IconChevronRight size={14} data-opened={opened || undefined} aria-hidden />
        <span className={preview.label}>Inputs to try it with</span>
        {!opened && <span className={classes.moreSummary}>{draft.inputs.map(({ id, name }) => `${name || 'input'}: ${summary(texts[id])}`).join(', ')}</span>}
      </UnstyledButton>
      <Collapse expanded={opened} transitionDuration={100}>
        <div className={preview.inputs}>
          {draft.inputs.map((input) => (
            <RunField
              key={input.id}
              id={trialInputId(input.id)}
              input={toRunInput(input)}
              text={texts[input.id] ?? ''}
              error={textProblems[input.id]}
              autoFocus={false}
              onChange={(text) => setText(input.id, text)}
            />
          ))}
        </div>
      </Collapse>
    </div>
  );
}

function summary(text = ''): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

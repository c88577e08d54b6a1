import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { formatAbsoluteTime } from '../../../ui/format';
import inspector from '../inspector.module.css';
import type { LogEntry, StepState } from '../run-state';
import type { StepDetails } from './inspection.operations';
import { Loading } from './loading';
import classes from './inspection.module.css';

const levels = ['debug', 'info', 'warn', 'error'] as const;
const choices = [
  { value: 'debug', label: 'All' },
  { value: 'info', label: 'Info' },
  { value: 'warn', label: 'Warnings' },
  { value: 'error', label: 'Errors' },
];

/** What a step has said of its work, from a level on that the address keeps. */
export function StepLogs({ state, details }: { state: StepState; details: StepDetails | undefined }) {
  const [params, setParams] = useSearchParams();
  const level = levels.find((each) => each === params.get('logs')) ?? 'debug';
  if (!details && state.logs.length === 0) return <Loading />;
  const entries = merged(details, state);
  const shown = entries.filter((entry) => levels.indexOf(entry.level) >= levels.indexOf(level));
  const choose = (next: string) =>
    setParams((current) => {
      const changed = new URLSearchParams(current);
      if (next === 'debug') changed.delete('logs');
      else changed.set('logs', next);
      return changed;
    }, { replace: true, preventScrollReset: true });
  if (entries.length === 0) return <p className={inspector.nothing}>{state.status === 'PENDING' ? 'It says here what it does, once it runs.' : 'It had nothing to say.'}</p>;
  return (
    <>
      <SegmentedControl size="xs" aria-label="From which level on" data={choices} value={level} onChange={choose} mb="sm" />
      {shown.length === 0 && <p className={inspector.nothing}>Nothing of this level. Choose All to see the rest.</p>}
      <ol className={classes.logs}>
        {shown.map((entry) => (
          <li key={entry.seq} className={classes.log}>
            <time className={classes.time} dateTime={entry.at} title={formatAbsoluteTime(entry.at)}>{clock.format(new Date(entry.at))}</time>
            <span className={classes.level} data-level={entry.level}>{entry.level}</span>
            <div className={classes.said}>
              <p>{entry.message}</p>
              {Object.keys(entry.fields).length > 0 && <code>{JSON.stringify(entry.fields)}</code>}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

/** The server's and, of a run that is followed, those that have come since. */
function merged(details: StepDetails | undefined, { logs }: StepState): LogEntry[] {
  const kept = (details?.logs ?? []).map(({ level, fields, ...entry }): LogEntry => ({ ...entry, level: levels.find((each) => each === level.toLowerCase()) ?? 'info', fields: typeof fields === 'object' && fields !== null ? { ...fields } : {} }));
  const last = kept.at(-1)?.seq ?? 0;
  return [...kept, ...logs.filter(({ seq }) => seq > last)];
}

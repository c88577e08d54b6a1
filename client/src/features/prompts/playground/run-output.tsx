import { IconAlertTriangle, IconCircleCheck, IconTool } from '@tabler/icons-react';
import { CopyButton } from '../../../ui/copy-button';
import { StatusBadge } from '../../../ui/status-badge';
import classes from './playground.module.css';
import { refusalOf, textOf, type RunState, type ToolCall } from './run-state';

/** What a model answered, as it arrives: text, JSON that an output schema asked for, calls of tools. */
export function RunOutput({ state, label }: { state: RunState; label: string }) {
  const text = textOf(state);
  const toolCalls = state.phase === 'ended' ? state.run.toolCalls : 'toolCalls' in state ? state.toolCalls : [];
  const structured = state.phase === 'ended' && state.run.structured !== null && state.run.structured !== undefined ? JSON.stringify(state.run.structured, null, 2) : undefined;
  return (
    <div className={classes.output} tabIndex={0} role="region" aria-label={label} aria-busy={state.phase === 'running'}>
      {state.phase === 'idle' && <p className={classes.nothing}>The answer appears here.</p>}
      {state.phase === 'refused' && (
        <div role="alert" className={classes.problem}>
          <IconAlertTriangle size={16} aria-hidden />
          <div>
            {refusalOf(state).map((sentence) => <p key={sentence}>{sentence}</p>)}
          </div>
        </div>
      )}
      {state.phase === 'ended' && state.run.error && (
        <div role="alert" className={classes.problem}>
          <IconAlertTriangle size={16} aria-hidden />
          <p>{state.run.error.message}</p>
        </div>
      )}
      {(text !== '' || state.phase === 'running') && (
        <pre className={structured === undefined ? classes.text : classes.code}>
          {structured ?? text}
          {state.phase === 'running' && <span className={classes.caret} aria-hidden />}
        </pre>
      )}
      {state.phase === 'ended' && state.run.outputProblems && <SchemaVerdict what="The output schema" problems={state.run.outputProblems} />}
      {toolCalls.map((call) => (
        <Call key={call.id} call={call} />
      ))}
      {text !== '' && state.phase !== 'running' && (
        <div className={classes.copy}>
          <CopyButton text={structured ?? text} label="Copy the answer" />
        </div>
      )}
    </div>
  );
}

function Call({ call }: { call: ToolCall }) {
  return (
    <section className={classes.call} aria-label={`Call of ${call.name}`}>
      <h4>
        <IconTool size={14} aria-hidden /> <code>{call.name}</code>
      </h4>
      <pre className={classes.code}>{call.arguments === null || call.arguments === undefined ? 'No JSON' : JSON.stringify(call.arguments, null, 2)}</pre>
      <SchemaVerdict what="The tool’s schema" problems={call.problems} />
    </section>
  );
}

function SchemaVerdict({ what, problems }: { what: string; problems: readonly string[] }) {
  if (problems.length === 0) return <StatusBadge tone="success" icon={<IconCircleCheck size={14} />} label={`Fits ${what.charAt(0).toLowerCase()}${what.slice(1)}`} quiet />;
  return (
    <div>
      <StatusBadge tone="danger" icon={<IconAlertTriangle size={14} />} label={`${what} is not met`} quiet />
      <ul className={classes.verdict}>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

import { useMutation } from '@apollo/client/react';
import { IconChecklist } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyButton } from '../../../ui/copy-button';
import { formatAbsoluteTime, formatRelativeTime } from '../../../ui/format';
import type { RunStep } from '../run.queries';
import { ApprovalForm, type Said } from './approval-form';
import { decideApprovalDocument } from './decision.operations';
import classes from './decisions.module.css';

export type StepApproval = NonNullable<NonNullable<RunStep['waitingFor']>['approval']>;

interface ApprovalPanelProps {
  executionId: string;
  stepKey: string;
  approval: StepApproval;
  until: string | null;
  paused: boolean;
}

/** What a step of a run asks, and where it is decided. */
export function ApprovalPanel({ executionId, stepKey, approval, until, paused }: ApprovalPanelProps) {
  const [mutate] = useMutation(decideApprovalDocument);
  const [decided, setDecided] = useState<string | null>(null);
  const decide = async ({ outcome, ...said }: Said) => {
    await mutate({ variables: { input: { executionId, stepKey, outcome, ...said } } });
    setDecided(outcome === 'APPROVED' ? 'You approved it.' : 'You rejected it.');
  };
  return (
    <section className={classes.panel} aria-labelledby="approval-title">
      <p className={classes.kicker}><IconChecklist size={16} aria-hidden />{approval.mayDecide ? 'Waits for your approval' : 'Waits for an approval'}</p>
      <h3 id="approval-title" className={classes.title}>{approval.title}</h3>
      {until && <p className={classes.until}>Until {formatAbsoluteTime(until)}, {formatRelativeTime(until)}</p>}
      {approval.instructions && <p className={classes.instructions}>{approval.instructions}</p>}
      {decided ? (
        <p role="status" className={classes.decided}>{decided} {paused ? 'The run acts on it when it is resumed.' : 'The run goes on…'}</p>
      ) : approval.mayDecide ? (
        <ApprovalForm schema={approval.fields} onDecide={decide} />
      ) : (
        <p className={classes.until}>{approval.approvers === 'OWNER' ? 'An owner of the workspace decides this.' : 'An owner or editor of the workspace decides this.'}</p>
      )}
      {!decided && approval.link && <ShareLink link={approval.link} />}
    </section>
  );
}

function ShareLink({ link }: { link: string }) {
  return (
    <div className={classes.share}>
      <CopyButton text={new URL(link, window.location.origin).href} label="Copy link" withLabel />
      <p>Whoever has the link can decide once, without signing in.</p>
    </div>
  );
}

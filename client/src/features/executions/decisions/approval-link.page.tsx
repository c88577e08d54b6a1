import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { useSession } from '../../../api/use-session';
import type { LinkedApprovalQuery } from '../../../gql/graphql';
import { Logo } from '../../../shell/logo';
import { formatAbsoluteTime, formatRelativeTime } from '../../../ui/format';
import { ApprovalForm, NameField, type Said } from './approval-form';
import { decideByLinkDocument, linkedApprovalDocument } from './decision.operations';
import classes from './decisions.module.css';

type Linked = LinkedApprovalQuery['approval'];
type Decision = NonNullable<Linked['decision']>;

/** Where whoever holds an approval's link decides, signed in or not. To open it decides nothing. */
export default function ApprovalLinkPage() {
  const { token = '' } = useParams();
  const { data, error, refetch } = useQuery(linkedApprovalDocument, { variables: { token }, fetchPolicy: 'network-only' });
  const [mutate] = useMutation(decideByLinkDocument);
  const [decision, setDecision] = useState<Decision | null>(null);
  const [typedName, setName] = useState<string | null>(null);
  const { viewer } = useSession();
  const name = typedName ?? viewer?.name ?? '';
  const approval = data?.approval;
  const decide = async ({ outcome, comment, values }: Said) => {
    const answer = await mutate({ variables: { input: { token, outcome, comment, values, name: name.trim() || null } } });
    setDecision(answer.data?.decideApprovalByLink.decision ?? null);
  };

  if (!approval) return error ? <NotLoaded error={error} onRetry={() => void refetch().catch(() => undefined)} /> : <Loading />;
  if (decision) return <Card title={decision.outcome === 'APPROVED' ? 'You approved it' : 'You rejected it'}>{`Thank you. The run of “${approval.workflow}” goes on with that. You can close this page.`}</Card>;
  switch (approval.status) {
    case 'WAITING':
      return (
        <Card title={approval.title ?? ''} lead={<Lead approval={approval} />}>
          {approval.instructions && <p className={classes.instructions}>{approval.instructions}</p>}
          <ApprovalForm schema={approval.fields} onDecide={decide}>
            <NameField value={name} onChange={setName} />
          </ApprovalForm>
        </Card>
      );
    case 'DECIDED':
      return <Card title={approval.decision?.outcome === 'REJECTED' ? 'This was rejected' : 'This was approved'}>{wordsOf(approval)}</Card>;
    case 'EXPIRED':
      return <Card title="It is too late to decide">{`The time for this approval of “${approval.workflow}” is over. Ask whoever sent the link whether it still waits.`}</Card>;
    case 'WITHDRAWN':
      return <Card title="There is nothing left to decide">{`The run of “${approval.workflow}” ended before anybody decided.`}</Card>;
  }
}

function wordsOf({ workflow, decision }: Linked): string {
  if (!decision) return '';
  return `${decision.by ? `${decision.by} decided it` : 'It was decided'} ${formatRelativeTime(decision.at)}, for the workflow “${workflow}”. There is nothing left to do here.`;
}

function Lead({ approval: { workflow, until } }: { approval: Linked }) {
  return (
    <>
      The workflow “{workflow}” waits for a decision
      {until ? ` until ${formatAbsoluteTime(until)}, ${formatRelativeTime(until)}.` : '.'}
    </>
  );
}

function Card({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · PromptPilot Pro`;
  }, [title]);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={32} />
        <h1>{title}</h1>
        {lead && <p className={classes.until}>{lead}</p>}
        {typeof children === 'string' ? <p className={classes.instructions} role="status">{children}</p> : children}
      </div>
    </main>
  );
}

function NotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, message } = problemOf(error);
  if (code === 'NOT_FOUND') return <Card title="This link leads nowhere">It may be incomplete, or what it led to is gone. Ask whoever sent it for a new one.</Card>;
  return (
    <Card title="This could not be loaded">
      <p className={classes.instructions} role="alert">{message}</p>
      <Button mt={16} variant="default" onClick={onRetry}>Try again</Button>
    </Card>
  );
}

function Loading() {
  return (
    <main className={classes.page}>
      <div className={classes.card} role="status" aria-label="Loading">
        <Skeleton height={24} width="60%" mb={16} />
        <Skeleton height={14} mb={8} />
        <Skeleton height={14} width="80%" />
      </div>
    </main>
  );
}

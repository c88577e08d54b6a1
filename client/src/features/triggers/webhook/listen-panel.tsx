import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { Button, Loader } from '@mantine/core';
import { IconAntenna, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { ArrivedDeliveryFragment, WebhookQuery } from '../../../gql/graphql';
import { notifyFailure } from '../../../ui/notify';
import { notifyUndo } from '../../../ui/notify-undo';
import { RelativeTime } from '../../../ui/relative-time';
import { ArrivedValues } from '../form/arrived/arrived-values';
import { useIsAhead } from './use-is-ahead';
import { arrivalsDocument, listenDocument, mapInputDocument, mappedInputsDocument, stopListeningDocument } from './webhook.operations';
import classes from '../set-up/set-up.module.css';

type Trigger = WebhookQuery['trigger'];
type Mapping = Trigger['mapping'];

const shownAtOnce = 10;

const verdictWords: Record<ArrivedDeliveryFragment['verdict'], string> = {
  ACCEPTED: 'Accepted',
  DUPLICATE: 'Duplicate',
  BAD_SIGNATURE: 'Bad signature',
  STALE: 'Too old',
  INVALID_PAYLOAD: 'Does not fit',
  SKIPPED: 'Skipped',
  RATE_LIMITED: 'Too many',
  PAUSED: 'Paused',
  TEST: 'Test',
};

/** Shows what arrives as it comes, and maps what is in it to the workflow's inputs. */
export function ListenPanel({ trigger, mayWrite }: { trigger: Trigger; mayWrite: boolean }) {
  const listening = useIsAhead(trigger.listeningUntil);
  const [live, setLive] = useState<readonly ArrivedDeliveryFragment[]>([]);
  const [chosenId, setChosenId] = useState<string>();
  const [listen, { loading: beginning }] = useMutation(listenDocument, { variables: { triggerId: trigger.id } });
  const [stop, { loading: ending }] = useMutation(stopListeningDocument, { variables: { triggerId: trigger.id } });
  useSubscription(arrivalsDocument, {
    variables: { triggerId: trigger.id },
    skip: !listening,
    onData: ({ data: { data } }) => {
      if (!data) return;
      const arrived = data.deliveryFeed;
      setLive((before) => [arrived, ...before.filter(({ id }) => id !== arrived.id)].slice(0, shownAtOnce));
    },
  });
  const before = trigger.deliveries.edges.map(({ node }) => node);
  const arrivals = [...live, ...before.filter(({ id }) => !live.some((one) => one.id === id))].slice(0, shownAtOnce);
  const chosen = arrivals.find(({ id }) => id === chosenId) ?? arrivals[0];
  const toggle = async () => {
    try {
      await (listening ? stop() : listen());
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
  };
  return (
    <section className={classes.section} aria-label="What arrives">
      <div className={classes.head}>
        <h3 className={classes.title}>What arrives</h3>
        {mayWrite && (
          <Button
            variant={listening ? 'default' : 'filled'}
            size="compact-sm"
            leftSection={listening ? <IconPlayerStop size={14} /> : <IconAntenna size={14} />}
            loading={beginning || ending}
            onClick={() => void toggle()}
          >
            {listening ? 'Stop listening' : 'Listen for a test event'}
          </Button>
        )}
      </div>
      <div role="status" className={classes.hint}>
        {listening ? (
          <span className={classes.waiting}>
            <Loader size={12} aria-hidden /> Listening for ten minutes. Send an event now. {trigger.active ? 'It launches a run, as ever.' : 'It launches nothing.'}
          </span>
        ) : trigger.active ? (
          'Send an event while you listen, to see it here at once and to map what is in it. The trigger is active: what arrives launches runs.'
        ) : (
          'Send an event while you listen, to see it here and to map what is in it. The trigger is paused: nothing is launched.'
        )}
      </div>
      {chosen && (
        <>
          <div className={classes.arrivals} role="group" aria-label="Arrivals, newest first">
            {arrivals.map(({ id, verdict, receivedAt }) => (
              <button key={id} type="button" className={classes.arrival} aria-pressed={id === chosen.id} onClick={() => setChosenId(id)}>
                <span>{verdictWords[verdict]}</span>
                <RelativeTime time={receivedAt} />
              </button>
            ))}
          </div>
          <Arrived key={chosen.id} trigger={trigger} arrival={chosen} mayWrite={mayWrite} />
        </>
      )}
    </section>
  );
}

function Arrived({ trigger, arrival, mayWrite }: { trigger: Trigger; arrival: ArrivedDeliveryFragment; mayWrite: boolean }) {
  const { id, revision, mapping, workflow, type } = trigger;
  const [save] = useMutation(mapInputDocument, { refetchQueries: [mappedInputsDocument] });
  const plain = (list: Mapping) => list.map(({ name, from, value }) => (from === null || from === undefined ? { name, value } : { name, from }));
  const { data } = useQuery(mappedInputsDocument, { variables: { input: { workflowId: workflow.id, type, mapping: plain(mapping), deliveryId: arrival.id } } });
  const write = async (next: Mapping, expectedRevision: number) => (await save({ variables: { input: { id, expectedRevision, mapping: plain(next) } } })).data?.updateTrigger.revision;
  const map = async (input: string, path: string) => {
    try {
      const saved = await write([...mapping.filter(({ name }) => name !== input), { name: input, from: path, value: null }], revision);
      if (saved !== undefined) notifyUndo(`${input} is taken from ${path} from now on.`, () => void write(mapping, saved).catch((error: unknown) => notifyFailure(problemOf(error).message)));
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
  };
  const preview = data?.previewTriggerInputs;
  return (
    <div className={classes.arrived}>
      {arrival.reason && <p className={classes.hint}>{arrival.reason}</p>}
      {arrival.execution && <p className={classes.hint}>It launched <Link to={`/runs/${arrival.execution.id}`}>a run</Link>.</p>}
      <div className={classes.sides}>
        <div className={classes.side}>
          <h4 className={classes.subtitle}>Open a value to give it to an input</h4>
          <div className={classes.tree}>
            <ArrivedValues values={recordOf(arrival.arrived)} inputs={workflow.head.inputs} mapping={mapping} onMap={mayWrite ? (input, path) => void map(input, path) : undefined} />
          </div>
        </div>
        <div className={classes.side}>
          <h4 className={classes.subtitle}>Inputs of the run</h4>
          <pre className={classes.command} tabIndex={0} aria-label="Inputs that come of it">{preview ? JSON.stringify(preview.inputs, null, 2) : '…'}</pre>
          {preview?.problems.map(({ name, message }) => (
            <p key={name + message} className={classes.problem}><code>{name}</code>: {message}</p>
          ))}
        </div>
      </div>
    </div>
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

import { useMutation } from '@apollo/client/react';
import { Anchor, Button, Group, Modal, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import { useFocusBack } from '../../../ui/use-focus-back';
import { readJson } from '../../workflows/input-value';
import { DeliveryOutcome } from '../deliveries/delivery-verdict';
import { fireTriggerDocument, type Trigger } from '../trigger.operations';
import classes from './detail.module.css';

const JsonEditor = lazy(() => import('../../prompts/editor/code/json-editor').then((module) => ({ default: module.JsonEditor })));

interface FireDialogProps {
  trigger: Pick<Trigger, 'id' | 'name' | 'active' | 'sample'>;
  /** What arrived once, to be sent again or changed first; absent: an example. */
  payload?: string | undefined;
  onClose: () => void;
}

/** Lets a payload arrive by hand, and shows what became of it. */
export function FireDialog({ trigger, payload, onClose }: FireDialogProps) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={`Fire “${trigger.name}”`} size="lg">
      <FireForm trigger={trigger} payload={payload} onClose={onClose} />
    </Modal>
  );
}

function FireForm({ trigger, payload, onClose }: FireDialogProps) {
  const sample: Record<string, unknown> = typeof trigger.sample === 'object' && trigger.sample !== null ? { ...trigger.sample } : {};
  const takesPayload = 'payload' in sample;
  const [text, setText] = useState(() => payload ?? JSON.stringify(sample['payload'] ?? {}, null, 2));
  const [isTest, setIsTest] = useState(!trigger.active);
  const [problem, setProblem] = useState<string | null>(null);
  const [fire, { data, loading, reset }] = useMutation(fireTriggerDocument, { update: (cache) => cache.evict({ fieldName: 'deliveries' }) });
  const result = data?.fireTrigger;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const reading = takesPayload ? readJson(text) : { value: undefined };
    if (reading.problem !== undefined) return setProblem(reading.problem);
    try {
      await fire({ variables: { input: { triggerId: trigger.id, payload: reading.value, test: isTest } } });
    } catch (error) {
      const { fields, message } = problemOf(error);
      setProblem(fields.map((field) => field.message).join(' ') || message);
    }
  };
  if (result) {
    return (
      <Stack gap="md">
        <div role="status" className={classes.fired}>
          <DeliveryOutcome delivery={result.delivery} />
          <span>{result.delivery.reason ?? (result.execution ? 'The workflow runs.' : 'It is kept, and being launched.')}</span>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={reset}>Fire again</Button>
          {result.execution ? <Button component={Link} to={`/runs/${result.execution.id}`}>Open the run</Button> : <Button onClick={onClose}>Close</Button>}
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <FormAlert>{problem}</FormAlert>
        {takesPayload ? (
          <div>
            <div className={classes.label}>Payload</div>
            <Suspense fallback={<Skeleton height={220} />}>
              <JsonEditor label="Payload" value={text} onChange={setText} minLines={8} autoFocus />
            </Suspense>
          </div>
        ) : (
          <Text c="dimmed">It is launched as if it were due now.</Text>
        )}
        <Switch
          label="Only try it out"
          description="It may be paused, and its limits do not count. The run is a real one."
          checked={isTest}
          onChange={({ currentTarget }) => setIsTest(currentTarget.checked)}
        />
        <Group justify="space-between" gap="xs">
          {!trigger.active && !isTest ? <Text size="sm" c="var(--pp-warning)">It is paused: this launches nothing.</Text> : <Anchor component={Link} to={`/triggers/${trigger.id}?tab=deliveries`} size="sm" onClick={onClose}>What has arrived so far</Anchor>}
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={loading} leftSection={<IconSend size={16} />}>Fire</Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

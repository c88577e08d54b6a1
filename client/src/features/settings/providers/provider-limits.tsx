import { useMutation } from '@apollo/client/react';
import { Button, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { formatCount } from '../../../ui/format';
import { notifyDone } from '../../../ui/notify';
import { providersDocument, updateProviderDocument } from './provider.operations';
import classes from './providers.module.css';

const hint = 'What the provider allows your key. Runs wait for their turn instead of being refused; when the provider asks to slow down, all of them do.';

/** How much the key may be used in a minute. */
export function ProviderLimits({ provider, editable }: { provider: ProviderFactsFragment; editable: boolean }) {
  const { id, name, requestsPerMinute, tokensPerMinute } = provider;
  const [requests, setRequests] = useState<string | number>(requestsPerMinute ?? '');
  const [tokens, setTokens] = useState<string | number>(tokensPerMinute ?? '');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [update, { loading }] = useMutation(updateProviderDocument, { refetchQueries: [providersDocument] });
  const changed = requests !== (requestsPerMinute ?? '') || tokens !== (tokensPerMinute ?? '');
  const edit = (set: (value: string | number) => void) => (value: string | number) => {
    set(value);
    setErrors({});
  };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      await update({ variables: { input: { id, requestsPerMinute: numberOrNull(requests), tokensPerMinute: numberOrNull(tokens) } } });
      notifyDone(`Runs keep to the limits of “${name}” from now on.`);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['requestsPerMinute', 'tokensPerMinute']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  if (!editable) return <Text size="sm">{inWords(provider)}</Text>;
  const field = { min: 0, allowDecimal: false, thousandSeparator: ',', placeholder: 'No limit', hideControls: true } as const;
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap="xs">
        <h3>Limits a minute</h3>
        <FormAlert>{problem}</FormAlert>
        <div className={classes.limits}>
          <NumberInput {...field} label="Requests" value={requests} error={errors['requestsPerMinute']} onChange={edit(setRequests)} />
          <NumberInput {...field} label="Tokens" value={tokens} error={errors['tokensPerMinute']} onChange={edit(setTokens)} />
          <Button type="submit" variant="default" disabled={!changed} loading={loading} aria-label="Save limits">Save</Button>
        </div>
        <Text size="xs" c="dimmed">{hint}</Text>
      </Stack>
    </form>
  );
}

function numberOrNull(value: string | number): number | null {
  return value === '' ? null : Number(value);
}

function inWords({ requestsPerMinute, tokensPerMinute }: ProviderFactsFragment): string {
  const limits = [requestsPerMinute && formatCount(requestsPerMinute, 'request'), tokensPerMinute && formatCount(tokensPerMinute, 'token')].filter(Boolean);
  return limits.length === 0 ? 'How often it is called is not limited here.' : `At most ${limits.join(' and ')} a minute; further calls wait for their turn.`;
}

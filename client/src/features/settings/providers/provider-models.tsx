import { useLazyQuery, useMutation } from '@apollo/client/react';
import { Button, Group, Stack, TagsInput, Text } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { formProblem, problemOf } from '../../../api/api-errors';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { formatCount } from '../../../ui/format';
import { notifyDone } from '../../../ui/notify';
import { availableModelsDocument, updateProviderDocument } from './provider.operations';
import { changesModels } from './use-provider-actions';

/** Which models may be called, with what the provider itself lists to choose from. */
export function ProviderModels({ provider: { id, provider, models: saved }, editable }: { provider: ProviderFactsFragment; editable: boolean }) {
  const [models, setModels] = useState(saved);
  const [problem, setProblem] = useState<string>();
  const [ask, { data, loading: asking }] = useLazyQuery(availableModelsDocument, { fetchPolicy: 'network-only' });
  const [update, { loading }] = useMutation(updateProviderDocument, changesModels);
  const listed = data?.availableModels;
  const changed = models.join('\n') !== saved.join('\n');

  const askProvider = async () => {
    setProblem(undefined);
    const { error } = await ask({ variables: { id } });
    if (error) setProblem(problemOf(error).message);
  };
  const save = async () => {
    setProblem(undefined);
    try {
      await update({ variables: { input: { id, models } } });
      notifyDone(models.length === 0 ? 'Any of its models can be called.' : `${formatCount(models.length, 'model')} can be called.`);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['models']);
      setProblem(fieldErrors['models'] ?? general ?? undefined);
    }
  };
  const none = provider === 'OPENAI_COMPATIBLE' ? 'Any can be called, though none is offered where models are chosen until you name it here.' : 'Any can be called. Where models are chosen, the usual ones are offered.';
  if (!editable) return <Text size="sm">{saved.length > 0 ? `These models can be called: ${saved.join(', ')}.` : none}</Text>;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <h3 id="provider-models">Models</h3>
        <Button variant="default" size="xs" leftSection={<IconListSearch size={14} />} loading={asking} onClick={() => void askProvider()}>Ask which there are</Button>
      </Group>
      {/* Beside the field, not under it: there the list of what can be chosen would cover the button. */}
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TagsInput
          aria-labelledby="provider-models"
          flex={1}
          placeholder={models.length === 0 ? 'Name, then Enter' : ''}
          data={listed?.names ?? []}
          limit={50}
          maxDropdownHeight={240}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear models' }}
          value={models}
          error={problem}
          onChange={setModels}
        />
        <Button variant="default" disabled={!changed} loading={loading} onClick={() => void save()} aria-label="Save models">Save</Button>
      </Group>
      <Text size="xs" c="dimmed">{models.length === 0 ? none : 'Those alone can be called.'}</Text>
      {listed && <Text size="xs" c="dimmed" role="status">{listed.problem ?? `The provider lists ${formatCount(listed.names.length, 'model')}: type to choose among them.`}</Text>}
    </Stack>
  );
}

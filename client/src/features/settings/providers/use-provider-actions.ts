import type { ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { problemOf } from '../../../api/api-errors';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { providersDocument, testProviderDocument } from './provider.operations';

/** For mutations after which other models can be called: wherever those are chosen, they are asked for again. */
export const changesModels = {
  update: (cache: ApolloCache) => void cache.evict({ id: 'ROOT_QUERY', fieldName: 'models' }),
  refetchQueries: [providersDocument],
  awaitRefetchQueries: true,
};

/** Tries a key. Says that it works, or that it could not be tested; why a test failed stands with the provider. */
export function useProviderTest(): { test: (provider: { id: string; name: string }, model?: string) => Promise<void>; testing: boolean } {
  const [run, { loading }] = useMutation(testProviderDocument, { refetchQueries: [providersDocument], awaitRefetchQueries: true });
  const test = async ({ id, name }: { id: string; name: string }, model?: string) => {
    try {
      const { data } = await run({ variables: { id, model: model ?? null } });
      const result = data?.testProviderCredential;
      if (result?.ok) notifyDone(`“${name}”: ${result.message}`);
    } catch (error) {
      const { fields, message } = problemOf(error);
      notifyFailure(`“${name}” could not be tested. ${fields[0]?.message ?? message}`);
    }
  };
  return { test, testing: loading };
}

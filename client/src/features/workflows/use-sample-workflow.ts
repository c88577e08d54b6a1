import { useApolloClient, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { notifyDone, notifyFailure } from '../../ui/notify';
import { createPromptDocument, modelsDocument } from '../prompts/prompt.operations';
import { sampleDefinition, samplePrompts, sampleWorkflow } from './sample-workflow';
import { createWorkflowDocument } from './workflow.operations';

/** Makes the sample workflow with its prompts, and goes there. */
export function useSampleWorkflow() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const { data } = useQuery(modelsDocument);
  const [busy, setBusy] = useState(false);

  const createPrompt = async (key: keyof typeof samplePrompts, model: string): Promise<string> => {
    const { data: created } = await client.mutate({
      mutation: createPromptDocument,
      variables: { input: { ...samplePrompts[key], settings: { model } } },
      update: (cache) => cache.evict({ fieldName: 'prompts' }),
    });
    if (!created) throw new Error('The server gave no prompt back.');
    return created.createPrompt.id;
  };

  const create = async () => {
    const model = (data?.models.find(({ simulated }) => simulated) ?? data?.models[0])?.id;
    if (!model) return notifyFailure('The server offers no model now, so the sample can’t be made yet.');
    setBusy(true);
    try {
      // One after the other: they are then listed in the order in which they are used.
      const headline = await createPrompt('headline', model);
      const summary = await createPrompt('summary', model);
      const keyPoints = await createPrompt('keyPoints', model);
      const { data: created } = await client.mutate({
        mutation: createWorkflowDocument,
        variables: { input: { ...sampleWorkflow, definition: sampleDefinition({ keyPoints, summary, headline }) } },
        update: (cache) => cache.evict({ fieldName: 'workflows' }),
      });
      notifyDone('Sample workflow created, with three prompts.');
      if (created) await navigate(`/workflows/${created.createWorkflow.id}`);
    } catch (error) {
      notifyFailure(`The sample was not created. ${problemOf(error).message}`);
    } finally {
      setBusy(false);
    }
  };
  return { create: () => void create(), busy };
}

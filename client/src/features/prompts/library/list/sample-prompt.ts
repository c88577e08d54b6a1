import type { CreatePromptInput } from '../../../../gql/graphql';

export const samplePrompt: Omit<CreatePromptInput, 'settings'> = {
  name: 'Summarise a document',
  description: 'A short summary of any text, for a stated reader.',
  kind: 'CHAT',
  message: 'Sample prompt',
  messages: [
    {
      role: 'SYSTEM',
      content: 'You write summaries for {{ audience }}. Keep to what the text says and name nothing that it does not.',
    },
    {
      role: 'USER',
      content: 'Summarise this text in at most {{ sentences }} sentences.\n\n{{ document }}',
    },
  ],
};

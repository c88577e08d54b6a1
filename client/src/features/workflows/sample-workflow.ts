import type { CreatePromptInput, WorkflowDefinitionInput } from '../../gql/graphql';

type SamplePrompt = Omit<CreatePromptInput, 'settings'>;

/** Three prompts, each of which works on what the one before it found. */
export const samplePrompts = {
  keyPoints: {
    name: 'Find the key points',
    description: 'What a text says, as a short list.',
    kind: 'CHAT',
    message: 'Sample prompt',
    messages: [
      { role: 'SYSTEM', content: 'You read closely. List only what the text itself says.' },
      { role: 'USER', content: 'List the points that matter most in this text, one a line.\n\n{{ document }}' },
    ],
  },
  summary: {
    name: 'Write a summary from key points',
    description: 'A summary for a stated reader.',
    kind: 'CHAT',
    message: 'Sample prompt',
    messages: [
      { role: 'SYSTEM', content: 'You write clear summaries for {{ audience }}.' },
      { role: 'USER', content: 'Write a summary of at most 120 words from these points.\n\n{{ key_points }}' },
    ],
  },
  headline: {
    name: 'Write a headline',
    description: 'One line that says what a text is about.',
    kind: 'TEXT',
    message: 'Sample prompt',
    messages: [{ role: 'USER', content: 'Write one headline for this summary.\n\n{{ summary }}' }],
  },
} satisfies Record<string, SamplePrompt>;

export const sampleWorkflow = {
  name: 'Brief me on a document',
  description: 'Finds the key points of a text, makes a summary of them and puts a headline over it.',
  message: 'Sample workflow',
};

export function sampleDefinition(promptIds: Record<keyof typeof samplePrompts, string>): WorkflowDefinitionInput {
  const retry = { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 30_000 };
  const common = { dependsOn: [], retry, timeoutMs: 120_000 };
  return {
    maxParallel: 4,
    inputs: [
      { name: 'document', type: 'TEXT', required: true, description: 'The text to be briefed on' },
      { name: 'audience', type: 'STRING', required: false, description: 'Who reads the summary', defaultValue: 'busy colleagues' },
    ],
    steps: [
      {
        ...common,
        key: 'key_points',
        name: 'Key points',
        type: 'PROMPT',
        settings: { promptId: promptIds.keyPoints },
        inputs: [{ name: 'document', from: 'inputs.document' }],
      },
      {
        ...common,
        key: 'summary',
        name: 'Summary',
        type: 'PROMPT',
        settings: { promptId: promptIds.summary },
        inputs: [{ name: 'audience', from: 'inputs.audience' }, { name: 'key_points', from: 'steps.key_points.output' }],
      },
      {
        ...common,
        key: 'headline',
        name: 'Headline',
        type: 'PROMPT',
        settings: { promptId: promptIds.headline },
        inputs: [{ name: 'summary', from: 'steps.summary.output' }],
      },
      {
        ...common,
        key: 'brief',
        name: 'Brief',
        type: 'TRANSFORM',
        settings: { expression: '{\n  "headline": $trim(headline),\n  "summary": summary,\n  "words": $count($split(summary, /\\s+/))\n}' },
        inputs: [{ name: 'headline', from: 'steps.headline.output' }, { name: 'summary', from: 'steps.summary.output' }],
      },
    ],
  };
}

import { z } from 'zod';
import { type DemoApi } from './demo-api.js';

const workflowName = 'Report digest';

const prompts = [
  {
    path: 'demo/key-points',
    name: 'Key points',
    template: 'List the five most important points of the text as a bullet list. Keep numbers exactly as they are.\n\n{{ document }}',
  },
  {
    path: 'demo/summary',
    name: 'Summary',
    template: 'Write a summary in three sentences for {{ audience }}, from these points only.\n\n{{ points }}',
  },
  {
    path: 'demo/headline',
    name: 'Headline',
    template: 'Write one headline for this summary.\n\n{{ summary }}',
  },
];

/** Makes the sample prompts and the workflow that chains them, unless an earlier demo has. @returns the workflow's id */
export async function makeDemoWorkflow(api: DemoApi): Promise<string> {
  const existing = await findByName(api, 'workflows', workflowName);
  if (existing) return existing;
  const ids: string[] = [];
  for (const prompt of prompts) ids.push((await findByName(api, 'prompts', prompt.path)) ?? (await createPrompt(api, prompt)));
  const [keyPoints, summary, headline] = ids;
  const definition = {
    inputs: [
      { name: 'document', type: 'TEXT', description: 'The text to digest.' },
      { name: 'audience', type: 'STRING', description: 'Who reads the digest.', required: false, defaultValue: 'a busy team lead' },
    ],
    steps: [
      { key: 'key_points', name: 'Find the key points', type: 'PROMPT', settings: { promptId: keyPoints }, inputs: [{ name: 'document', from: 'inputs.document' }] },
      {
        key: 'summary',
        name: 'Write the summary',
        type: 'PROMPT',
        settings: { promptId: summary },
        inputs: [
          { name: 'points', from: 'steps.key_points.output' },
          { name: 'audience', from: 'inputs.audience' },
        ],
      },
      { key: 'headline', name: 'Write the headline', type: 'PROMPT', settings: { promptId: headline }, inputs: [{ name: 'summary', from: 'steps.summary.output' }] },
      {
        key: 'digest',
        name: 'Put the digest together',
        type: 'TRANSFORM',
        settings: { expression: '{ "headline": headline, "summary": summary, "points": [$split(points, /\\n+/)[$trim() != ""]] }' },
        inputs: [
          { name: 'headline', from: 'steps.headline.output' },
          { name: 'summary', from: 'steps.summary.output' },
          { name: 'points', from: 'steps.key_points.output' },
        ],
      },
    ],
  };
  const { made } = await api.request(
    'mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }',
    { input: { name: workflowName, description: 'Key points, then a summary, then a headline of any text.', definition } },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  return made.id;
}

async function createPrompt(api: DemoApi, { path, name, template }: (typeof prompts)[number]): Promise<string> {
  const { made } = await api.request(
    'mutation ($input: CreatePromptInput!) { made: createPrompt(input: $input) { id } }',
    { input: { path, name, kind: 'TEXT', messages: [{ role: 'USER', content: template }] } },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  return made.id;
}

const foundSchema = z.object({ found: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string(), key: z.string() }) })) }) });

async function findByName(api: DemoApi, list: 'prompts' | 'workflows', key: string): Promise<string | undefined> {
  const field = list === 'prompts' ? 'path' : 'name';
  const { found } = await api.request(
    `query ($search: String) { found: ${list}(first: 50, search: $search) { edges { node { id key: ${field} } } } }`,
    { search: key },
    foundSchema,
  );
  return found.edges.find(({ node }) => node.key === key)?.node.id;
}

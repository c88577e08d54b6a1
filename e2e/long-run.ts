import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';

const idSchema = z.object({ made: z.object({ id: z.string() }) });

const runSchema = z.object({
  execution: z.object({
    status: z.string(),
    output: z.unknown(),
    usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
    steps: z.array(z.object({ key: z.string(), status: z.string(), attempt: z.number(), simulated: z.boolean(), output: z.unknown() })),
  }),
});

/** Sentences that all differ, so that a model which lists them takes long: about a third of a second each. */
export function longText(sentences: number): string {
  return Array.from({ length: sentences }, (_, index) => {
    const [station, rain, wind] = [index + 101, (index * 37) % 90, (index * 53) % 70];
    return `Weather station ${station} measured ${rain} millimetres of rain in the first week of the month while the wind blew with ${wind} kilometres per hour on average.`;
  }).join(' ');
}

export const longStep = 'List the measurements';

/** Starts a run of three steps: a headline (short), a list of as many points (long), and both put together. @returns its id */
export async function startLongRun(api: DemoApi, points: number): Promise<string> {
  const prompt = async (name: string, content: string) => {
    const input = { name, kind: 'TEXT', messages: [{ role: 'USER', content }], settings: { model: 'simulated/extract' } };
    return (await api.request('mutation ($input: CreatePromptInput!) { made: createPrompt(input: $input) { id } }', { input }, idSchema)).made.id;
  };
  const headline = await prompt('Headline', 'Write one headline for this text.\n\n{{ document }}');
  const list = await prompt('Measurements', `List the ${points} most important points of this text.\n\n{{ document }}`);
  const document = [{ name: 'document', from: 'inputs.document' }];
  const definition = {
    inputs: [{ name: 'document', type: 'TEXT' }],
    steps: [
      { key: 'headline', name: 'Find a headline', type: 'PROMPT', settings: { promptId: headline }, inputs: document },
      { key: 'list', name: longStep, type: 'PROMPT', settings: { promptId: list }, inputs: document, dependsOn: ['headline'] },
      {
        key: 'report',
        name: 'Put the report together',
        type: 'TRANSFORM',
        settings: { expression: '{ "headline": headline, "list": list }' },
        inputs: [
          { name: 'headline', from: 'steps.headline.output' },
          { name: 'list', from: 'steps.list.output' },
        ],
      },
    ],
  };
  const workflow = await api.request(
    'mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }',
    { input: { name: 'Weather report', definition } },
    idSchema,
  );
  const run = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }',
    { input: { workflowId: workflow.made.id, inputs: { document: longText(points) } } },
    idSchema,
  );
  return run.made.id;
}

/** A run as the API has it. */
export async function readRun(api: DemoApi, id: string) {
  const { execution } = await api.request(
    `query ($id: ID!) {
      execution(id: $id) { status output usage { inputTokens outputTokens } steps { key status attempt simulated output } }
    }`,
    { id },
    runSchema,
  );
  return execution;
}

/** What the API has as a step's output. */
export function textOf({ steps }: Awaited<ReturnType<typeof readRun>>, key: string): string {
  return z.string().parse(steps.find((step) => step.key === key)?.output);
}

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { PromptVersionResolver } from '../../prompts/prompt.resolver.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { StepExecutionResolver } from '../step-execution.resolver.js';
import { ComparisonResolver } from './comparison.resolver.js';
import { Comparisons } from './comparison.service.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
const sandbox = startSandbox({ workers: 1 });
const text = { name: 'text', type: 'STRING', required: true, description: '' } as const;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  const { executions, workflows, workflowLoader, people, promptLoader } = kit;
  ask = graphqlRequests(
    [ComparisonResolver, ExecutionResolver, StepExecutionResolver, PromptVersionResolver],
    [
      new ComparisonResolver(new Comparisons(executions, workflows)),
      new ExecutionResolver(executions, new ExecutionLoader(executions), workflowLoader, people),
      new StepExecutionResolver(promptLoader),
      new PromptVersionResolver(promptLoader, people),
    ],
  );
});
afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

async function run(workflowId: string, inputs: unknown = {}): Promise<string> {
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs });
  await kit.allEvents(id);
  return id;
}

const compare = (baseId: string, otherId: string, fields: string) => ask(kit.identity, `{ compareExecutions(baseId: "${baseId}", otherId: "${otherId}") { ${fields} } }`);

test('what differs is told of the inputs, the output and each step, with what each side used', async () => {
  const promptId = await kit.createPrompt('letter', 'Dear {{ text }}');
  const mapped = { text: 'inputs.text' };
  const workflowId = await kit.createWorkflow({ inputs: [text], steps: [promptStep('say', promptId, mapped), transform('same', '1'), transform('old', '"old"', {}, { dependsOn: ['say'] })] });
  const base = await run(workflowId, { text: 'Ada' });
  const definition = { inputs: [text], maxParallel: 2, steps: [transform('same', '1'), promptStep('say', promptId, mapped), transform('new', '{ "n": 1 }', {}, { dependsOn: ['say'] })] };
  await kit.workflows.update(kit.identity, { id: workflowId, definition });
  await kit.commits.commit(kit.identity, { promptId, branch: 'main', message: 'x', messages: [{ role: 'USER', content: 'Hi {{ text }}' }] });
  kit.modelServer.reply({ kind: 'ok', tokens: ['hi\n', 'there'] });
  const other = await run(workflowId, { text: 'Eve' });

  const side = '{ status model durationMs usage { outputTokens } promptVersion { version } }';
  expect(await compare(base, other, `base { id } other { id } inputs { change fields { field before after } } steps { key base ${side} other ${side} output { change lines { change } fields { field after } } }`)).toEqual({
    compareExecutions: {
      base: { id: base },
      other: { id: other },
      inputs: { change: 'CHANGED', fields: [{ field: 'text', before: 'Ada', after: 'Eve' }] },
      steps: [
        { key: 'same', base: expect.any(Object), other: expect.any(Object), output: { change: 'UNCHANGED', lines: [], fields: [] } },
        {
          key: 'say',
          base: { status: 'COMPLETED', model: 'openai-compatible/test', durationMs: expect.any(Number), usage: expect.any(Object), promptVersion: { version: '1.0.0' } },
          other: expect.objectContaining({ promptVersion: { version: '1.0.1' } }),
          output: { change: 'CHANGED', lines: expect.arrayContaining([{ change: 'ADDED' }]), fields: [] },
        },
        { key: 'new', base: null, other: expect.any(Object), output: { change: 'ADDED', lines: [], fields: [{ field: 'n', after: 1 }] } },
        { key: 'old', base: expect.any(Object), other: null, output: { change: 'REMOVED', lines: [{ change: 'REMOVED' }], fields: [] } },
      ],
    },
  });
});

test('runs of different workflows, or of different parts of one, are not compared', async () => {
  const inputs = [{ name: 'items', value: [1, 2] }];
  const one = await run(await kit.createWorkflow({ inputs: [], steps: [step('each', 'MAP', { steps: [transform('x', 'item', { item: 'item' })] }, { inputs })] }));
  const two = await run(await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] }));
  await expect(compare(one, two, 'steps { key }')).rejects.toThrow('These are runs of different workflows. Choose two runs of the same one.');
  const [last, first] = (await kit.executions.children(kit.identity, one, {}, { first: 2 })).edges.map(({ node }) => node.id);
  await expect(compare(one, first ?? '', 'steps { key }')).rejects.toThrow('These runs are of different parts of the workflow.');
  expect(await compare(first ?? '', last ?? '', 'steps { key output { change } }')).toEqual({ compareExecutions: { steps: [{ key: 'x', output: { change: 'CHANGED' } }] } });
});

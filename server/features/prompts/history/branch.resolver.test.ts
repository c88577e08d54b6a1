import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { PromptResolver } from '../prompt.resolver.js';
import { PromptBranchResolver } from './branch.resolver.js';
import { PromptCommitResolver, PromptHistoryResolver } from './history.resolver.js';

let kit: AuthoringKit;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
afterAll(() => kit.stop());

test('However many branches and versions there are, they take the same number of queries', async () => {
  const { prompts, promptLoader, commits, merges, branches, branchLoader } = kit;
  const ask = graphqlRequests(
    [PromptResolver, PromptHistoryResolver, PromptCommitResolver, PromptBranchResolver],
    [
      new PromptResolver(prompts, promptLoader),
      new PromptHistoryResolver(prompts, branches, branchLoader),
      new PromptCommitResolver(commits, merges, branchLoader),
      new PromptBranchResolver(branches, branchLoader, promptLoader),
    ],
  );
  const ada = await createIdentity(kit.database);
  const { id } = await prompts.create(ada, { name: 'Greeting', description: '', kind: 'TEXT', message: 'First', messages: [{ role: 'USER', content: 'Hello' }] });
  const { id: fromVersionId } = (await prompts.heads(ada.workspaceId, [id])).get(id) ?? { id: '' };
  const query = `{ prompt(id: "${id}") { branches { name ahead behind head { version headOf { name } } } } }`;
  const queriesOf = async () => {
    const before = kit.queryCount();
    const answer = await ask(ada, query);
    return { queries: kit.queryCount() - before, answer };
  };

  await branches.create(ada, { promptId: id, fromVersionId, name: 'one' });
  // The prompt, its branches, the branches and versions that tell how far they are ahead, the heads, and the branches of those.
  expect((await queriesOf()).queries).toBe(6);
  for (const branch of ['two', 'three']) {
    await branches.create(ada, { promptId: id, fromVersionId, name: branch });
    await commits.commit(ada, { promptId: id, branch, message: 'More', messages: [{ role: 'USER', content: `Hello ${branch}` }] });
  }
  expect(await queriesOf()).toEqual({
    queries: 6,
    answer: {
      prompt: {
        branches: [
          { name: 'main', ahead: 0, behind: 0, head: { version: '1.0.0', headOf: [{ name: 'main' }, { name: 'one' }] } },
          { name: 'three', ahead: 1, behind: 0, head: { version: '1.0.2', headOf: [{ name: 'three' }] } },
          { name: 'two', ahead: 1, behind: 0, head: { version: '1.0.1', headOf: [{ name: 'two' }] } },
          { name: 'one', ahead: 0, behind: 0, head: { version: '1.0.0', headOf: [{ name: 'main' }, { name: 'one' }] } },
        ],
      },
    },
  });
});

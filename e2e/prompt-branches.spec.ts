import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makeBranch, makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('each switch to another branch asks for its page once', async ({ page, api }) => {
  const { id, headId } = await makePrompt(api, { name: 'Summary', text: 'Summarise {{ document }}' });
  await makeBranch(api, id, 'longer', headId);
  await commitText(api, id, 'Summarise {{ document }} at length', { branch: 'longer' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  await expect(prompt.text).toHaveText('Summarise {{ document }}');

  const asked: string[] = [];
  page.on('request', (request) => {
    const body: unknown = request.method() === 'POST' ? request.postDataJSON() : null;
    const branch = /"operationName":"PromptPage".*?"branch":"(\w+)"/.exec(JSON.stringify(body))?.[1];
    if (branch) asked.push(branch);
  });
  for (const [branch, text] of [['longer', 'Summarise {{ document }} at length'], ['main', 'Summarise {{ document }}'], ['longer', 'Summarise {{ document }} at length']] as const) {
    await prompt.switchTo(branch);
    await expect(prompt.text).toHaveText(text);
  }
  expect(asked).toEqual(['longer', 'main', 'longer']);

  await test.step('and so does the way back', async () => {
    await page.goBack();
    await expect(prompt.text).toHaveText('Summarise {{ document }}');
    expect(asked).toEqual(['longer', 'main', 'longer', 'main']);
  });
});

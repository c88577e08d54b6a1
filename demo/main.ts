import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startApp } from '../server/app.js';
import { type Config, readConfig } from '../server/config.js';
import { PortTakenError, StartupError } from '../server/errors.js';
import { projectRoot } from '../server/project-root.js';
import { DemoApi, DemoApiError } from './demo-api.js';
import { type DemoAccount, signInToDemo } from './demo-account.js';
import { type FollowedExecution, printFeed } from './demo-feed.js';
import { makeDemoWorkflow } from './demo-workflow.js';

const executionSchema = z.object({ execution: z.object({ id: z.string(), steps: z.array(z.object({ key: z.string(), name: z.string() })) }) });

async function main(): Promise<void> {
  const { once, document } = readArguments();
  const config = readConfig();
  const app = await start(config);
  process.on('SIGINT', () => void app.stop().then(() => process.exit(0)));
  process.on('SIGTERM', () => void app.stop().then(() => process.exit(0)));

  const api = new DemoApi(app.url);
  const account = await signInToDemo(api, config.dataDir);
  const workflowId = await makeDemoWorkflow(api);
  const { execution } = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { execution: executeWorkflow(input: $input) { id steps { key name } } }',
    { input: { workflowId, inputs: { document } } },
    executionSchema,
  );
  if (!once) sayWhereToLook(app.url, execution, account);
  const completed = await printFeed(api, execution, process.stdout);
  if (once) {
    await app.stop();
    process.exit(completed ? 0 : 1);
  }
  sayWhereToLook(app.url, execution, account);
  console.log('Serving until Ctrl-C.');
}

function readArguments(): { once: boolean; document: string } {
  try {
    const { values } = parseArgs({ options: { once: { type: 'boolean', default: false }, input: { type: 'string' } } });
    return { once: values.once, document: readDocument(values.input) };
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\nUsage: npm run demo [-- --input FILE] [-- --once]`);
  }
}

function readDocument(input: string | undefined): string {
  const file = input ?? join(projectRoot, 'demo', 'sample.txt');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : error instanceof Error ? error.message : String(error);
    throw new StartupError(`${file} can't be used as input: ${reason}. Give a text file with --input FILE.`);
  }
  if (!text.trim()) throw new StartupError(`${file} is empty. Give a text file with --input FILE.`);
  return text;
}

/** On the configured port, or on any free one where that is taken: the demo prints its address anyway. */
async function start(config: Config): ReturnType<typeof startApp> {
  try {
    return await startApp(config);
  } catch (error) {
    if (error instanceof PortTakenError) return startApp({ ...config, port: 0 });
    throw error;
  }
}

function sayWhereToLook(url: string, execution: FollowedExecution, account: DemoAccount): void {
  console.log(`
  Look at this run   ${url}/runs/${execution.id}
  Sign in with       ${account.email}
  Password           ${account.password}
  GraphiQL           ${url}/graphiql
`);
}

main().catch((error: unknown) => {
  const expected = error instanceof StartupError || error instanceof DemoApiError;
  console.error(expected ? error.message : error);
  process.exit(1);
});

import { startApp } from './app.js';
import { readConfig } from './config.js';
import { StartupError } from './errors.js';

async function main(): Promise<void> {
  const config = readConfig();
  const app = await startApp(config);
  console.log(`PromptPilot Pro is ready at ${app.url}${config.role === 'all' ? '' : ` as ${config.role}`}`);

  let stopping = false;
  const stop = () => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
});

import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

it('A sandbox process that is in an endless loop ends when the server has been killed', async () => {
  const parent = `
    import { fork } from 'node:child_process';
    const child = fork('server/sandbox/sandbox-process.ts', { stdio: ['ignore', 'inherit', 'ignore', 'ipc'], execArgv: ['--import', 'tsx'] });
    child.once('message', () => {
      child.send({ kind: 'evaluate', expression: '$match(t, /^(a+)+$/)', input: { t: 'a'.repeat(100) + '!' } }, () => console.log('looping'));
    });`;
  const server = spawn(process.execPath, ['--input-type=module', '-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
  // The sandbox process holds the same pipe, so that it closes when both are gone.
  const bothGone = once(server.stdout, 'close');
  expect(String(await once(server.stdout, 'data'))).toBe('looping\n');
  server.kill('SIGKILL');
  await bothGone;
});

import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM_PATH || systemBrowsers.find((file) => existsSync(file));

const switches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The journeys fail on a request to anywhere else; this keeps it from leaving as well.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
// Chromium's sandbox refuses to work for root, which is who runs in most containers.
if (process.getuid?.() === 0) switches.push('--no-sandbox');

export default defineConfig({
  testDir: 'e2e',
  // Writes a file of the repository, so it runs only when asked to.
  testIgnore: process.env.UPDATE_PICTURE ? [] : ['**/picture.spec.ts'],
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    launchOptions: { ...(executablePath && { executablePath }), args: switches },
  },
});

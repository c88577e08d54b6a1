import { afterEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { Metrics } from '../metrics/metrics.js';
import { createWorkerApp } from './http-app.js';
import { HttpServer } from './http-server.js';

const token = 'a token that is long enough';
const started: HttpServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

async function startWorker(metrics?: Metrics): Promise<string> {
  const app = createWorkerApp({ checkReady: async () => undefined, metrics: metrics && { of: metrics, token }, logger: pino({ level: 'silent' }) });
  const server = new HttpServer({ app, publicUrl: undefined });
  started.push(server);
  return server.start(0, '127.0.0.1');
}

const read = (url: string, authorization = '') => fetch(`${url}/metrics`, { headers: { authorization } });

test('Metrics are given to whoever brings the token, as Prometheus reads them', async () => {
  const metrics = new Metrics('worker');
  const takenOver = metrics.counter('leases_total', 'Leases.', 'how');
  metrics.gauge('waiting', 'Waiting.', async () => new Map([['QUEUED', 3]]), 'status');
  takenOver('taken over');
  const answer = await read(await startWorker(metrics), `Bearer ${token}`);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  const lines = (await answer.text()).split('\n');
  expect(lines).toEqual(expect.arrayContaining(['promptpilot_leases_total{how="taken over"} 1', 'promptpilot_waiting{status="QUEUED"} 3', expect.stringMatching(/^promptpilot_build_info\{version="\d.*",role="worker"\} 1$/), expect.stringMatching(/^nodejs_eventloop_lag_p99_seconds /)]));
});

test('Nobody else is told anything of them', async () => {
  const url = await startWorker(new Metrics('worker'));
  for (const authorization of ['', `Bearer ${token}x`, 'Bearer', `Basic ${token}`]) expect((await read(url, authorization)).status).toBe(401);
  const off = await read(await startWorker(), `Bearer ${token}`);
  expect([off.status, await off.text()]).toEqual([404, 'Metrics are off. Set METRICS_TOKEN to turn them on.\n']);
});

test('A worker says how it is, and for everything else whom to ask', async () => {
  const url = await startWorker();
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });
  for (const path of ['/', '/graphql', '/hooks/1']) {
    const answer = await fetch(url + path, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('This process is a worker')]);
  }
});

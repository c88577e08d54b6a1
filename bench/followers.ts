import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { z } from 'zod';
import { startModelServer } from '../server/testing/model-server.js';
import { startServerProcess } from '../server/testing/server-process.js';
import { inWords, type Measured, spreadOf } from './statistics.js';
import { execute, signUp } from './workload.js';

const followers = 1_000;
const tokens = 100;
const tokensASecond = 10;
const connectedTogether = 50;

const messageSchema = z.object({
  type: z.string(),
  payload: z.object({ data: z.object({ event: z.object({ seq: z.number(), at: z.iso.datetime() }) }) }).optional(),
});
const idSchema = z.object({ made: z.object({ id: z.string() }) });

/** A run that a thousand sockets follow while a model writes ten times a second: how long after it each event reaches each of them. */
export async function measureFollowers(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'promptpilot-followers-'));
  const models = await startModelServer();
  const server = await startServerProcess({
    environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', OPENAI_COMPATIBLE_URL: models.baseUrl, OPENAI_COMPATIBLE_MODELS: 'test' },
  });
  const api = await signUp(server.url);
  let begin!: () => void;
  const everybodyFollows = new Promise<void>((resolve) => (begin = resolve));
  models.reply({
    kind: 'ok',
    tokens: Array.from({ length: tokens }, (_, index) => `word${index} `),
    delayMs: 1_000 / tokensASecond,
    before: (index) => (index === 0 ? everybodyFollows : Promise.resolve()),
  });
  const definition = {
    inputs: [],
    steps: [{ key: 'write', name: 'Write', type: 'PROMPT', settings: { inline: { messages: [{ role: 'USER', content: 'Write.' }] }, model: { model: 'openai-compatible/test' } } }],
  };
  const workflow = await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name: 'Followed', definition } }, idSchema);
  const executionId = await execute(api, workflow.made.id);
  await models.received(1);

  const followed: Follower[] = [];
  while (followed.length < followers) {
    followed.push(...(await Promise.all(Array.from({ length: connectedTogether }, () => follow(server.url, api.token ?? '', executionId)))));
  }
  begin();
  await Promise.all(followed.map(({ ended }) => ended));
  await server.end('SIGTERM');
  await models.close();
  rmSync(folder, { recursive: true, force: true });

  const lengths = new Set(followed.map(({ sequence }) => sequence.join()));
  const [sequence = []] = followed.map((one) => one.sequence);
  const complete = lengths.size === 1 && sequence.every((seq, index) => seq === index + 1);
  if (!complete) throw new Error('Some followers missed events.');
  // What was stored before a follower came is told at once, however old it is.
  const delays = spreadOf(followed.flatMap((one) => one.delays));
  return {
    result: { followers, followerDelayMs: delays, followedEvents: sequence.length },
    lines: [[`An event reaches each of ${followers} followers`, `${inWords(delays)} after it; none of ${sequence.length} missed`]],
  };
}

interface Follower {
  sequence: number[];
  delays: number[];
  ended: Promise<void>;
}

/** @returns once it has been told what was stored so far */
async function follow(url: string, token: string, executionId: string): Promise<Follower> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const sequence: number[] = [];
  const delays: number[] = [];
  const connectedAt = Date.now();
  let caughtUp!: () => void;
  const first = new Promise<void>((resolve) => (caughtUp = resolve));
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      const now = Date.now();
      const { type, payload } = messageSchema.parse(JSON.parse(data.toString()));
      if (type === 'connection_ack') {
        const query = 'subscription ($id: ID!) { event: executionEvents(executionId: $id) { seq type payload at } }';
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id: executionId } } }));
      }
      if (type === 'error') reject(new Error(data.toString()));
      if (payload) {
        const { seq, at } = payload.data.event;
        sequence.push(seq);
        const stored = Date.parse(at);
        if (stored > connectedAt) delays.push(now - stored);
        caughtUp();
      }
      if (type === 'complete') {
        socket.close();
        resolve();
      }
    });
  });
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await first;
  return { sequence, delays, ended };
}

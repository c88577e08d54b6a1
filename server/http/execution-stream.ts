import { once } from 'node:events';
import { type Response } from 'express';
import { type ExecutionEvent } from '../features/executions/execution.types.js';

/** Proxies cut connections on which nothing comes for long. */
const heartbeatMs = 15_000;

/**
 * Sends events as they come, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): the sequence number is the id, so that whoever was cut off asks
 * for what comes after the last one. The stream ends with the execution. It is read no faster than the caller reads.
 */
export async function sendEvents(response: Response, events: AsyncIterableIterator<ExecutionEvent>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  const stop = () => void events.return?.();
  response.on('close', stop);
  try {
    for await (const { seq, type, stepKey, attempt, payload, at } of events) {
      const data = JSON.stringify({ seq, type, stepKey, attempt, payload, at });
      if (!response.write(`id: ${seq}\nevent: ${type}\ndata: ${data}\n\n`) && !response.destroyed) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      if (response.destroyed) return;
    }
  } finally {
    clearInterval(heartbeat);
    response.off('close', stop);
    stop();
    response.end();
  }
}

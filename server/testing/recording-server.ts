import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RecordedRequest {
  method: string | undefined;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server on 127.0.0.1 that records what reaches it, and answers as the test says at that moment. */
export async function startRecordingServer(answer: (request: RecordedRequest, response: ServerResponse) => void) {
  const received: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const arrived = { method: request.method, url: request.url ?? '', headers: request.headers, body };
      received.push(arrived);
      answer(arrived, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type RecordingServer = Awaited<ReturnType<typeof startRecordingServer>>;

import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { type EventBus } from '../events/event-bus.js';
import { type Identity } from '../features/auth/identity.js';
import { type RefreshCookie } from '../features/auth/refresh-cookie.js';
import { callerGone } from './context.js';
import { type GraphqlParts } from './http-endpoint.js';
import { limits, operationProblem, parseOptions, rightsOf, shapeLimitRule } from './limits.js';
import { type Caller } from './request-context.js';
import { SharedResults } from './shared-results.js';

const pingEveryMs = 12_000;
const checkAccessEveryMs = 15 * 60_000;
const goingAway = 1001;

const noCookie: RefreshCookie = { read: () => undefined, set: () => undefined, clear: () => undefined };

interface Connection {
  socket: WebSocket;
  address: string;
  userAgent: string | undefined;
  closing: AbortController;
  authorization?: string;
  identity?: Identity;
  accessCheck?: NodeJS.Timeout;
}

/**
 * GraphQL over WebSocket, as graphql-transport-ws has it. `connectionParams.authorization` is what the Authorization header is over HTTP.
 * A socket whose access ends is closed with 4403, so that its client comes back with a new token.
 */
export class GraphqlSocketEndpoint {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: limits.bytes, handleProtocols });
  private readonly connections = new Set<Connection>();
  private readonly protocol: Server<Connection>;
  private readonly stopListening: () => void;

  constructor(
    private readonly parts: GraphqlParts,
    bus: EventBus,
  ) {
    this.protocol = makeServer<Record<string, unknown>, Connection>({
      connectionInitWaitTimeout: limits.connectionInitMs,
      onConnect: (context) => this.admit(context),
      onSubscribe: (context, _id, payload) => this.prepare(context, payload),
      subscribe: new SharedResults().subscribe,
      onError: (_context, _id, _payload, errors) => errors.map(parts.errors.format),
      onNext: (_context, _id, _payload, _args, { errors, ...result }) => ({ ...result, ...(errors && { errors: errors.map(parts.errors.format) }) }),
    });
    this.stopListening = bus.subscribe('access.revoked', ({ credentialId }) => this.expel(credentialId));
  }

  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.sockets.handleUpgrade(request, stream, head, (socket) => this.serve({ socket, address: request.socket.remoteAddress ?? '', userAgent: request.headers['user-agent'], closing: new AbortController() }));
  }

  /** Closes every socket as going away; what runs on them is ended. */
  stop(): void {
    this.stopListening();
    for (const { socket } of this.connections) socket.close(goingAway, 'The server is stopping');
    this.sockets.close();
  }

  /** For those that do not answer the closing. */
  terminate(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  private serve(connection: Connection): void {
    const { socket } = connection;
    this.connections.add(connection);
    const stopPinging = keepAlive(socket);
    // A message that is too long or malformed: `ws` closes the socket with the code that says so.
    socket.on('error', (error) => this.parts.logger.debug({ err: error }, 'A WebSocket was closed for what its client sent'));
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) resolve();
            // What can't be sent has nobody to read it any more: the socket closes by itself, without any fault.
            else socket.send(data, () => resolve());
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (data: Buffer) => void this.parts.underWay.add(handle(data.toString())).catch((error: unknown) => this.fail(socket, error)));
        },
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      stopPinging();
      connection.closing.abort(callerGone());
      clearTimeout(connection.accessCheck);
      this.connections.delete(connection);
      this.parts.underWay.add(closed(code, String(reason))).catch((error: unknown) => this.parts.logger.error({ err: error }, 'Ending the subscriptions of a closed WebSocket failed'));
    });
  }

  private async admit({ connectionParams, extra: connection }: Context<Record<string, unknown>, Connection>): Promise<boolean> {
    const authorization = connectionParams?.authorization;
    if (authorization !== undefined && typeof authorization !== 'string') return false;
    connection.authorization = authorization;
    return this.checkAccess(connection);
  }

  /** @returns whether the token is still good, in which case it is checked again in time */
  private async checkAccess(connection: Connection): Promise<boolean> {
    const { identity, refusal } = await this.parts.contexts.make(callerOn(connection));
    if (refusal) return false;
    connection.identity = identity;
    if (identity && connection.socket.readyState === connection.socket.OPEN) {
      const remainingMs = identity.via === 'session' ? identity.expiresAt.getTime() - Date.now() : Number.POSITIVE_INFINITY;
      connection.accessCheck = setTimeout(() => void this.recheckAccess(connection), Math.max(0, Math.min(remainingMs, checkAccessEveryMs)));
    }
    return true;
  }

  private async recheckAccess(connection: Connection): Promise<void> {
    try {
      if (!(await this.checkAccess(connection))) connection.socket.close(CloseCode.Forbidden, 'Forbidden');
    } catch (error) {
      this.fail(connection.socket, error);
    }
  }

  private expel(credentialId: string): void {
    for (const { identity, socket } of this.connections) {
      if (!identity) continue;
      const id = identity.via === 'session' ? identity.sessionId : identity.apiKeyId;
      if (id === credentialId) socket.close(CloseCode.Forbidden, 'Forbidden');
    }
  }

  private async prepare(context: Context<Record<string, unknown>, Connection>, payload: SubscribePayload): Promise<ExecutionArgs | readonly GraphQLError[]> {
    if (Object.keys(context.subscriptions).length > limits.operationsPerSocket) {
      return [problem('RATE_LIMITED', `A socket may have ${limits.operationsPerSocket} operations under way. End one, or open another socket.`)];
    }
    try {
      return await this.check(context.extra, payload);
    } catch (error) {
      return [error instanceof GraphQLError ? error : new GraphQLError('Unexpected', { originalError: error instanceof Error ? error : new Error(String(error)) })];
    }
  }

  /** The same steps as Apollo Server takes for a request over HTTP. */
  private async check(connection: Connection, { query, operationName, variables }: SubscribePayload): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { schema, contexts, config } = this.parts;
    let document;
    try {
      document = parse(query, parseOptions);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return [problem('GRAPHQL_PARSE_FAILED', error.message, error)];
    }
    const invalid = validate(schema, document, [...specifiedRules, shapeLimitRule]);
    if (invalid.length > 0) return invalid.map((error) => problem('GRAPHQL_VALIDATION_FAILED', error.message, error));
    const contextValue = await contexts.make(callerOn(connection));
    const refused = operationProblem({ schema, document, operationName, variables, ...rightsOf(contextValue, config.environment) });
    if (refused) return [refused];
    return { schema, document, operationName, variableValues: variables, contextValue };
  }

  private fail(socket: WebSocket, error: unknown): void {
    this.parts.logger.error({ err: error }, 'A WebSocket failed unexpectedly');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}

function callerOn({ authorization, address, userAgent, closing }: Connection): Caller {
  return { authorization, address, userAgent, requestId: randomUUID(), refreshCookie: noCookie, gone: closing.signal };
}

function problem(code: string, message: string, at?: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: at?.nodes, source: at?.source, positions: at?.positions, extensions: { code } });
}

/** Notices a client that is gone without a word. @returns how to stop */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, pingEveryMs);
  return () => clearInterval(timer);
}

import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Logger } from 'pino';
import { type Config } from '../config.js';
import { ConflictError, DomainError, InvalidInputError, RateLimitedError } from '../errors.js';

/**
 * Translates every error into what a caller is told, over HTTP and WebSocket alike. What nobody expected is logged, once, and told without
 * details outside development.
 */
export class ErrorFormat {
  constructor(
    private readonly logger: Logger,
    private readonly environment: Config['environment'],
  ) {}

  readonly format = (error: unknown): GraphQLFormattedError => {
    const origin = originOf(error);
    const where = error instanceof GraphQLError ? { locations: error.locations, path: error.path } : {};
    if (origin instanceof DomainError) return { message: origin.message, ...where, extensions: extensionsOf(origin) };
    if (origin instanceof GraphQLError) {
      const code = codeOf(origin);
      if (code) return { message: this.withoutHints(origin.message), ...where, extensions: { code } };
    }
    return this.unexpected(origin, where);
  };

  private unexpected(origin: unknown, where: Partial<GraphQLFormattedError>): GraphQLFormattedError {
    this.logger.error({ err: origin, path: where.path }, 'A GraphQL operation failed unexpectedly');
    const code = 'INTERNAL_SERVER_ERROR';
    if (this.environment === 'development' && origin instanceof Error) {
      return { message: origin.message, ...where, extensions: { code, stacktrace: origin.stack?.split('\n') } };
    }
    return { message: 'Something went wrong on our side. The server’s log says what.', ...where, extensions: { code } };
  }

  /** Suggestions of names tell the schema to those who may not read it. */
  private withoutHints(message: string): string {
    return this.environment === 'production' ? message.replace(/ Did you mean [^]*\?$/, '') : message;
  }
}

/** The error that was thrown, out of those that GraphQL wrapped around it. */
function originOf(error: unknown): unknown {
  let origin = error;
  while (origin instanceof GraphQLError && !codeOf(origin) && origin.originalError) origin = origin.originalError;
  return origin;
}

function extensionsOf(error: DomainError): Record<string, unknown> {
  return {
    code: error.code,
    ...(error instanceof InvalidInputError && { fields: error.fields }),
    ...(error instanceof ConflictError && error.conflict && { conflict: error.conflict }),
    ...(error instanceof RateLimitedError && { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

/** @returns undefined for what is our own fault, such as a value that its type can't represent */
function codeOf(error: GraphQLError): string | undefined {
  if (typeof error.extensions.code === 'string') return error.extensions.code;
  // graphql-js marks wrong variables in no other way.
  if (error.path === undefined && error.message.startsWith('Variable "$')) return 'BAD_USER_INPUT';
  return undefined;
}

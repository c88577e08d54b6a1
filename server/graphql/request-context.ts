import { UnauthenticatedError } from '../errors.js';
import { type AuthService } from '../features/auth/auth.service.js';
import { type RefreshCookie } from '../features/auth/refresh-cookie.js';
import { type RequestContext, RequestLoaders } from './context.js';
import { type Resolvers } from './schema.js';

export interface Caller {
  authorization: string | undefined;
  address: string;
  userAgent?: string | undefined;
  requestId: string;
  refreshCookie: RefreshCookie;
  gone: AbortSignal;
}

/** Makes the context of each HTTP request and each WebSocket operation. */
export class RequestContexts {
  constructor(
    private readonly auth: AuthService,
    private readonly resolvers: Resolvers,
  ) {}

  async make({ authorization, address, userAgent, requestId, refreshCookie, gone }: Caller): Promise<RequestContext> {
    const context = { address, userAgent, requestId, refreshCookie, gone, loaders: new RequestLoaders(), instanceOf: this.resolvers.get };
    try {
      return { ...context, identity: await this.auth.authenticate(authorization, { address, userAgent, requestId }) };
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      return { ...context, identity: undefined, refusal: error };
    }
  }
}

import { type CookieOptions, type Request, type Response } from 'express';
import { ForbiddenError } from '../errors.js';
import { type RefreshCookie } from '../features/auth/refresh-cookie.js';
import { isSameOrigin } from './same-origin.js';

const name = 'pp_refresh';

/** The cookie of an HTTP request and its response. */
export class RefreshTokenCookie implements RefreshCookie {
  private readonly options: CookieOptions;

  constructor(
    private readonly request: Request,
    private readonly response: Response,
    private readonly publicUrl: string | undefined,
  ) {
    this.options = { httpOnly: true, sameSite: 'strict', path: '/graphql', secure: publicUrl?.startsWith('https:') ?? false };
  }

  read(): string | undefined {
    const cookies = this.request.headers.cookie?.split(';').map((cookie) => cookie.trim()) ?? [];
    const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
    // SameSite lets other ports of this host, and its sibling domains, send the cookie.
    if (value && !isSameOrigin(this.request, this.publicUrl)) throw new ForbiddenError('Only pages of this server may use its cookie.');
    return value || undefined;
  }

  set(token: string, expiresAt: Date): void {
    this.response.cookie(name, token, { ...this.options, expires: expiresAt });
  }

  clear(): void {
    this.response.clearCookie(name, this.options);
  }
}

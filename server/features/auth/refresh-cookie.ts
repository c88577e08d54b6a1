/** The cookie that keeps the refresh token. A WebSocket has none: reading gives undefined there, and nothing is set. */
export interface RefreshCookie {
  /** @throws ForbiddenError when the request comes from another site's page */
  read(): string | undefined;
  set(token: string, expiresAt: Date): void;
  clear(): void;
}
